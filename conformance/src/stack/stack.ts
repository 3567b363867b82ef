import { startBackend, type Backend, type BackendId } from './backends.ts';
import { checkDatabase } from './database-address.ts';
import { startOf } from './living.ts';
import { startPostgres, type Postgres } from './postgres.ts';
import { endLeftovers } from './process-records.ts';
import { lastWords, type StartedProcess } from './process.ts';
import { ownerOfName, temporaryName } from './scratch-database.ts';

export type StackOptions = {
  ids: BackendId[];
  replicas: number;
  /** Where the first replica of each listens; free ports unless given. */
  ports?: Partial<Record<BackendId, number>>;
  /** Databases of the user's own, from DATABASE_URL_A and DATABASE_URL_B. */
  databaseUrls: Partial<Record<BackendId, string>>;
  /** Databases of our own: kept for the next time under a fixed name, or made anew and dropped at the end. */
  data: 'kept' | 'fresh';
  env: Record<string, string>;
  signal: AbortSignal;
  log(line: string): void;
  onLine?: (name: string, line: string) => void;
};

export type StackBackend = Backend & { id: BackendId; mayCreateDatabases: boolean };

export type Stack = {
  backends: StackBackend[];
  /** Resolves with a sentence when a replica ends although nobody stopped it. */
  died: Promise<string>;
  stop(): Promise<void>;
};

type Undo = () => Promise<unknown>;
type Database = { url: string; mayCreateDatabases: boolean };

/**
 * Starts the database and the backends, each as soon as what it needs is there.
 * @throws StartError, one line; what was started is stopped then.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  for (const name of endLeftovers()) options.log(`ended ${name}, left over from a command that was killed`);
  const undo: Undo[] = [];
  const stop = (): Promise<void> => undoAll(undo);
  try {
    const backends = await startBackends(options, undo);
    return { backends, died: watchDeaths(backends.flatMap(({ processes }) => processes)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Every step is tried, the last one first; the first that failed is told of. */
async function undoAll(undo: Undo[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of undo.splice(0).reverse()) await step().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

async function startBackends(options: StackOptions, undo: Undo[]): Promise<StackBackend[]> {
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const postgres = options.ids.some((id) => !options.databaseUrls[id]) ? startOwnPostgres(options, undo) : undefined;
  const starts = options.ids.map(async (id) => {
    const database = await databaseFor(id, options, postgres);
    signal.throwIfAborted();
    const { replicas, env, onLine } = options;
    const backend = await startBackend({
      id,
      databaseUrl: database.url,
      replicas,
      port: options.ports?.[id],
      env,
      signal,
      onLine,
    });
    undo.push(backend.stop);
    return { ...backend, id, mayCreateDatabases: database.mayCreateDatabases };
  });
  for (const start of starts) start.catch((error: unknown) => failed.abort(error));
  await Promise.allSettled(starts);
  if (signal.aborted) throw signal.reason;
  return Promise.all(starts);
}

async function startOwnPostgres(options: StackOptions, undo: Undo[]): Promise<Postgres> {
  const postgres = await startPostgres({ log: options.log });
  const dropAll = async (isDone: (name: string) => boolean): Promise<void> => {
    const names = (await postgres.databases()).filter(isDone);
    await Promise.all(names.map((name) => postgres.dropDatabase(name)));
  };
  undo.push(() => postgres.stop());
  undo.push(() => dropAll((name) => ownerOfName(name) === process.pid));
  await dropAll(isAbandoned);
  return postgres;
}

async function databaseFor(
  id: BackendId,
  options: StackOptions,
  own: Promise<Postgres> | undefined,
): Promise<Database> {
  const given = options.databaseUrls[id];
  if (given) return givenDatabase(`DATABASE_URL_${id.toUpperCase()}`, given, options);
  const postgres = await own;
  if (!postgres) throw new Error(`backend-${id} has no database`);
  const name = options.data === 'kept' ? `duet_${id}` : temporaryName(id);
  const url = await postgres.createDatabase(name, `backend_${id}`);
  return { url, mayCreateDatabases: true };
}

async function givenDatabase(setting: string, url: string, { log }: StackOptions): Promise<Database> {
  const { mayCreateDatabases } = await checkDatabase(setting, url);
  if (!mayCreateDatabases) {
    log(
      `the role of ${setting} may not create databases: rules of the profile launcher are not tested (ALTER ROLE … CREATEDB)`,
    );
  }
  return { url, mayCreateDatabases };
}

/** A temporary database of a process that is gone. */
function isAbandoned(name: string): boolean {
  const owner = ownerOfName(name);
  return owner !== undefined && owner !== process.pid && startOf(owner) === null;
}

function watchDeaths(processes: StartedProcess[]): Promise<string> {
  return Promise.race(
    processes.map(async (server) => `${server.name} died: ${lastWords(server, await server.exited, 1)}`),
  );
}
