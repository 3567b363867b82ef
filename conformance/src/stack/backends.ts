import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Provider } from '../providers.ts';
import { StartError } from './errors.ts';
import type { Launcher } from './launcher.ts';
import { runMigrate } from './launching.ts';
import { repositoryRoot, stateFolder } from './paths.ts';
import { freePort } from './ports.ts';
import { startServer, type ServerProcess } from './server.ts';

export type BackendId = 'a' | 'b';

export type BackendOptions = {
  id: BackendId;
  /** peer unless given; of twilio the settings come with `env`, and the first replica takes the callbacks. */
  provider?: Provider;
  databaseUrl: string;
  replicas: number;
  /** The first replica's port, the others' follow; free ones unless given. */
  port?: number | undefined;
  /** Where its source is; the checkout's unless given. */
  folder?: string | undefined;
  /** Settings over those that every backend is judged with. */
  env?: Record<string, string> | undefined;
  /** The database is as this version wants it: no migration is run. */
  isMigrated?: boolean | undefined;
  /** The Node that runs it; this one, unless given. */
  program?: string | undefined;
  /** What Node is told beside the file; what spares memory when many servers are judged at once, unless given. */
  nodeOptions?: string[] | undefined;
  signal?: AbortSignal | undefined;
  onLine?: ((name: string, line: string) => void) | undefined;
};

export type Backend = {
  name: string;
  /** Base URLs of the replicas. */
  urls: string[];
  inviteCode: string;
  launcher: Launcher;
  processes: ServerProcess[];
  /** Starts a replica that has died again, at its old address, and waits until it is ready. */
  revive(replica: number): Promise<void>;
  stop(): Promise<void>;
};

/** How many of a replica's lines are kept: enough for its last words, too few to fill the memory of a long run. */
const keepLines = 500;

/** Up to ten of them share a machine with the suite: a smaller space for young objects saves each a third of its memory. */
const sparingOptions = ['--max-semi-space-size=4'];

/** A run under both providers starts twelve processes at once. */
const readyMs = 60_000;

/** The browser pages that may call: the web client's development server, and an example's that the suite asks as. */
export const corsOrigins = ['http://localhost:5173', 'https://duet.example'];

/** The backends whose folders are there. */
export function existingBackends(): BackendId[] {
  return (['a', 'b'] as const).filter((id) => existsSync(path.join(folderOf(id), 'src/main.ts')));
}

/**
 * Migrates a backend's database and starts its replicas, both at the same time: a replica is ready when the migrations are in.
 * @throws StartError, one line, when either fails; what was started is stopped then.
 */
export async function startBackend(options: BackendOptions): Promise<Backend> {
  const ports = await choosePorts(options);
  const launcher = launcherOf(options, `http://127.0.0.1:${ports[0]}`);
  const failed = new AbortController();
  const signal = AbortSignal.any([failed.signal, ...(options.signal ? [options.signal] : [])]);
  const migrated = options.isMigrated ? Promise.resolve() : runMigrate(launcher, { signal });
  const started = ports.map((port, index) => startReplica(launcher, port, index, { ...options, signal }));
  for (const part of [migrated, ...started]) part.catch((error: unknown) => failed.abort(error));
  const [, ...replicas] = await Promise.allSettled([migrated, ...started]);
  const processes = replicas.flatMap((replica) => (replica.status === 'fulfilled' ? [replica.value] : []));
  const stop = async (): Promise<void> => void (await Promise.all(processes.map((replica) => replica.stop())));
  if (signal.aborted) {
    await stop();
    throw signal.reason;
  }
  const revive = async (replica: number): Promise<void> => {
    processes[replica] = await startReplica(launcher, ports[replica] ?? 0, replica, { ...options, signal });
  };
  const inviteCode = launcher.env['DOCTOR_INVITE_CODE'] ?? '';
  return { name: launcher.name, urls: processes.map(({ url }) => url), inviteCode, launcher, processes, revive, stop };
}

function startReplica(
  launcher: Launcher,
  port: number,
  index: number,
  { signal, onLine, replicas }: BackendOptions,
): Promise<ServerProcess> {
  const name = replicas > 1 ? `${launcher.name} (replica ${index + 1})` : launcher.name;
  return startServer({
    name,
    command: launcher.start,
    cwd: launcher.cwd,
    env: { ...launcher.env, DATABASE_URL: launcher.databaseUrl, HOST: '127.0.0.1', PORT: String(port) },
    readyUrl: `http://127.0.0.1:${port}/readyz`,
    timeoutMs: readyMs,
    signal,
    keepLines,
    onLine: onLine && ((line) => onLine(name, line)),
  });
}

function launcherOf(options: BackendOptions, firstUrl: string): Launcher {
  const { id, provider, databaseUrl, env, program = process.execPath, nodeOptions = sparingOptions } = options;
  const cwd = options.folder ?? folderOf(id);
  if (!existsSync(path.join(cwd, 'src/main.ts'))) {
    throw new StartError(
      `backend-${id}/ is not here: leave it out with --only ${id === 'a' ? 'b' : 'a'}, or judge another server with --target`,
    );
  }
  const judged = {
    NODE_ENV: 'test',
    CONFORMANCE_CLOCK: '1',
    LOG: 'production',
    DRAIN_SECONDS: '0',
    VIDEO_PROVIDER: 'peer',
    CORS_ORIGINS: corsOrigins.join(','),
    // What is compiled once need not be compiled at each of a run's thirty starts: half of their time.
    NODE_COMPILE_CACHE: path.join(stateFolder, 'compile-cache'),
    CURSOR_SECRET: randomBytes(32).toString('base64url'),
    DOCTOR_INVITE_CODE: randomBytes(12).toString('base64url'),
    ...(provider === 'twilio' && { PUBLIC_URL: firstUrl }),
  };
  const command = (file: string): string[] => [program, ...nodeOptions, file];
  return {
    name: provider === 'twilio' ? `backend-${id} (twilio)` : `backend-${id}`,
    start: command('src/main.ts'),
    migrate: command('src/migrate.ts'),
    cwd,
    env: { ...judged, ...env },
    databaseUrl,
    migrated: true,
  };
}

async function choosePorts({ replicas, port }: BackendOptions): Promise<number[]> {
  const indexes = Array.from({ length: replicas }, (_, index) => index);
  return Promise.all(indexes.map((index) => (port === undefined ? freePort() : port + index)));
}

function folderOf(id: BackendId): string {
  return path.join(repositoryRoot, `backend-${id}`);
}
