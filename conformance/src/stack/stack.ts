import type { Provider, TwilioAccess } from '../providers.ts';
import { startBackend, type Backend, type BackendId } from './backends.ts';
import { checkDatabase } from './database-address.ts';
import { startEmulator, type RunningEmulator } from './emulator.ts';
import { StartError } from './errors.ts';
import { startOf } from './living.ts';
import { startPostgres, type Postgres } from './postgres.ts';
import { endLeftovers } from './process-records.ts';
import { causeOfDeath, type StartedProcess } from './process.ts';
import { createEmptyDatabase, dropEmptyDatabase, ownerOfName, temporaryName } from './scratch-database.ts';

export type StackOptions = {
  ids: BackendId[];
  /** Each backend is started once under each of them; under peer alone unless given. */
  providers?: readonly Provider[];
  replicas: number;
  /** Under twilio each backend has an emulator of its own, so that no other meets what one is told to do wrong. */
  sharesEmulator?: boolean;
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

export type StackBackend = Backend & {
  id: BackendId;
  provider: Provider;
  mayCreateDatabases: boolean;
  /** Of one under twilio. */
  twilio?: TwilioAccess;
};

export type Stack = {
  backends: StackBackend[];
  /** Resolves with a sentence when a replica, or an emulator, ends although nobody stopped it. */
  died: Promise<string>;
  /** The same of the emulators alone, where there are any. */
  emulatorDied?: Promise<string>;
  stop(): Promise<void>;
};

type Undo = () => Promise<unknown>;
type Database = { url: string; mayCreateDatabases: boolean };
type Part = { id: BackendId; provider: Provider };
type Shared = { postgres: Promise<Postgres> | undefined; emulator: Promise<RunningEmulator> | undefined };
type StartedPart = { backend: StackBackend; emulator: RunningEmulator | undefined };

/**
 * Starts the database and the backends, each as soon as what it needs is there.
 * @throws StartError, one line; what was started is stopped then.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  for (const name of endLeftovers()) options.log(`ended ${name}, left over from a command that was killed`);
  const undo: Undo[] = [];
  const stop = (): Promise<void> => undoAll(undo);
  try {
    const parts = await startAll(options, undo);
    const backends = parts.map(({ backend }) => backend);
    const emulators = parts.flatMap(({ emulator }) => emulator ?? []);
    const emulatorDied = Promise.race(emulators.map(({ died }) => died));
    const died = Promise.race([watchDeaths(backends.flatMap(({ processes }) => processes)), emulatorDied]);
    return { backends, died, ...(emulators.length > 0 && { emulatorDied }), stop };
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

async function startAll(options: StackOptions, undo: Undo[]): Promise<StartedPart[]> {
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const providers = options.providers ?? ['peer'];
  const needsPostgres = options.ids.some((id) => !options.databaseUrls[id]);
  const postgres = needsPostgres ? startOwnPostgres(options, undo) : undefined;
  const emulator = options.sharesEmulator && providers.includes('twilio') ? startOwnEmulator(undo) : undefined;
  const parts = providers.flatMap((provider) => options.ids.map((id) => ({ id, provider })));
  const starts = parts.map((part) => startPart(part, { ...options, signal }, { postgres, emulator }, undo));
  for (const start of [...starts, postgres, emulator]) start?.catch((error: unknown) => failed.abort(error));
  await Promise.allSettled([...starts, postgres, emulator]);
  if (signal.aborted) throw signal.reason;
  return Promise.all(starts);
}

async function startPart(part: Part, options: StackOptions, shared: Shared, undo: Undo[]): Promise<StartedPart> {
  const { id, provider } = part;
  const emulator = provider === 'twilio' ? await (shared.emulator ?? startOwnEmulator(undo)) : undefined;
  const database = await databaseFor(part, options, shared.postgres, undo);
  options.signal.throwIfAborted();
  const { replicas, ports, env, signal, onLine } = options;
  const settings = { ...env, ...emulator?.environment };
  const shape = { ...part, databaseUrl: database.url, replicas, port: ports?.[id], env: settings, signal, onLine };
  const started = await startBackend(shape);
  undo.push(started.stop);
  const { mayCreateDatabases } = database;
  const backend = { ...started, id, provider, mayCreateDatabases, ...(emulator && { twilio: emulator.access }) };
  return { backend, emulator };
}

async function startOwnEmulator(undo: Undo[]): Promise<RunningEmulator> {
  const emulator = await startEmulator();
  undo.push(emulator.stop);
  return emulator;
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
  { id, provider }: Part,
  options: StackOptions,
  own: Promise<Postgres> | undefined,
  undo: Undo[],
): Promise<Database> {
  const given = options.databaseUrls[id];
  if (given) return givenDatabase(`DATABASE_URL_${id.toUpperCase()}`, given, { provider, options, undo });
  const postgres = await own;
  if (!postgres) throw new Error(`backend-${id} has no database`);
  const [kept, purpose] = provider === 'peer' ? [`duet_${id}`, id] : [`duet_${id}_${provider}`, `${id}${provider}`];
  const name = options.data === 'kept' ? kept : temporaryName(purpose);
  const url = await postgres.createDatabase(name, `backend_${id}`);
  return { url, mayCreateDatabases: true };
}

/** The one that is given is peer's; twilio gets an empty one beside it, dropped at the end. */
async function givenDatabase(
  setting: string,
  url: string,
  { provider, options, undo }: { provider: Provider; options: StackOptions; undo: Undo[] },
): Promise<Database> {
  const { mayCreateDatabases } = await checkDatabase(setting, url);
  if (provider === 'twilio' && !mayCreateDatabases)
    throw new StartError(
      `the role of ${setting} may not create the second database that the provider twilio needs: ALTER ROLE … CREATEDB, or --provider peer`,
    );
  if (provider === 'twilio') {
    const beside = await createEmptyDatabase(url);
    undo.push(() => dropEmptyDatabase(url, beside.name));
    return { url: beside.url, mayCreateDatabases };
  }
  if (!mayCreateDatabases) {
    options.log(
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
    processes.map(async (server) => `${server.name} died: ${causeOfDeath(server, await server.exited)}`),
  );
}
