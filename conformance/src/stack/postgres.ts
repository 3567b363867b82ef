import { createHmac } from 'node:crypto';
import path from 'node:path';
import { StartError } from './errors.ts';
import { sendSignal } from './living.ts';
import { withLock } from './lock.ts';
import { stateFolder } from './paths.ts';
import { freePort } from './ports.ts';
import { asAdministrator, closeToOthers, createOwned, dropDatabase, listDatabases, urlOf } from './postgres-admin.ts';
import { administrator, initialise, passwordOf, runningServer, startCluster, stopCluster } from './postgres-cluster.ts';
import { findPlace, type Place } from './postgres-place.ts';
import { enlist, type Enlisted } from './postgres-users.ts';

export type PostgresOptions = {
  /** Where the cluster is kept; `.duet/postgres` at the repository's root unless given. */
  dataFolder?: string;
  log?: (line: string) => void;
  /** Commits reach the disk (fsync on), so that `crash` loses none. */
  isDurable?: boolean;
};

/** A PostgreSQL 18 of our own on 127.0.0.1: UTF-8, C.UTF-8, UTC. */
export type Postgres = {
  /** Of the administrator, for the database `postgres`. */
  adminUrl: string;
  pid: number;
  /** The URL with which a database's owner connects to it; throws for one that createDatabase did not give. */
  url(name: string): string;
  /** Makes the role and its database, empty or a copy, unless they are there; nobody but the owner can connect. @returns its URL */
  createDatabase(name: string, owner: string, template?: string): Promise<string>;
  dropDatabase(name: string): Promise<void>;
  /** The names of all databases. */
  databases(): Promise<string[]>;
  /** Stops the server, unless another living process uses it too. */
  stop(): Promise<void>;
  /** Stops and starts the server on the same port; every connection is cut. */
  restart(): Promise<void>;
  /** Stops the server as a crash would (`pg_ctl -m immediate`) and starts it on the same port, which recovers. */
  crash(): Promise<void>;
};

type Running = {
  place: Place;
  port: number;
  isDurable: boolean;
  password: string;
  enlisted: Enlisted;
  owners: Map<string, string>;
};

/**
 * Starts the embedded PostgreSQL, or uses the one that runs on that folder already (a command running at the same
 * time, or left over by one that was killed). What its databases hold survives.
 * @throws StartError, one line with the cause and the way out.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<Postgres> {
  const place = await findPlace(path.resolve(options.dataFolder ?? path.join(stateFolder, 'postgres')));
  const isDurable = options.isDurable ?? false;
  return withLock(lockOf(place), async () => {
    const password = passwordOf(place);
    const found = await findAnswering(place, password);
    const { port, pid } = found ?? (await startAnew(place, isDurable));
    options.log?.(`PostgreSQL ${found ? 'runs already' : 'started'} on 127.0.0.1:${port} (${place.folder})`);
    const enlisted = enlist(place, () => sendSignal(pid, 'SIGINT'));
    return handleOf({ place, port, isDurable, password, enlisted, owners: new Map() }, pid);
  });
}

function handleOf(running: Running, pid: number): Postgres {
  const { place, port, owners, isDurable } = running;
  const startAgain = (mode: 'fast' | 'immediate'): Promise<void> =>
    withLock(lockOf(place), async () => {
      await stopCluster(place, mode);
      await startCluster(place, port, isDurable);
      handle.pid = runningServer(place)?.pid ?? handle.pid;
    });
  const handle: Postgres = {
    adminUrl: urlOf(port, administrator, running.password, 'postgres'),
    pid,
    url(name) {
      const owner = owners.get(name);
      if (!owner) throw new Error(`database ${name} was not created here`);
      return urlOf(port, owner, passwordFor(running, owner), name);
    },
    async createDatabase(name, owner, template) {
      const role = { name: owner, password: passwordFor(running, owner) };
      await asAdministrator(handle.adminUrl, (client) => createOwned(client, name, role, template));
      owners.set(name, owner);
      return handle.url(name);
    },
    dropDatabase: (name) => asAdministrator(handle.adminUrl, (client) => dropDatabase(client, name)),
    databases: () => asAdministrator(handle.adminUrl, listDatabases),
    stop: () => withLock(lockOf(place), async () => (running.enlisted.leave() ? stopCluster(place) : undefined)),
    restart: () => startAgain('fast'),
    crash: () => startAgain('immediate'),
  };
  return handle;
}

/** A server that runs on this folder but does not let us in (it is stopping, or has another password) is stopped. */
async function findAnswering(place: Place, password: string): Promise<{ pid: number; port: number } | undefined> {
  const server = runningServer(place);
  if (!server) return undefined;
  const url = urlOf(server.port, administrator, password, 'postgres');
  try {
    await asAdministrator(url, (client) => client.query('SELECT 1'));
    return server;
  } catch {
    await stopCluster(place);
    return undefined;
  }
}

async function startAnew(place: Place, isDurable: boolean): Promise<{ pid: number; port: number }> {
  const isNew = await initialise(place);
  const port = await freePort();
  await startCluster(place, port, isDurable);
  const url = urlOf(port, administrator, passwordOf(place), 'postgres');
  if (isNew) await asAdministrator(url, closeToOthers);
  const server = runningServer(place);
  if (!server) throw new StartError(`PostgreSQL stopped right after its start; see ${place.server}/postgres.log`);
  return server;
}

/** The roles' passwords follow from the cluster's, so that nothing else must be stored. */
function passwordFor({ password }: Running, role: string): string {
  return createHmac('sha256', password).update(role).digest('base64url');
}

function lockOf(place: Place): string {
  return path.join(place.folder, 'lock');
}
