import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Provider } from '../src/providers.ts';
import { type Backend, type BackendId, startBackend } from '../src/stack/backends.ts';
import { type RunningEmulator, startEmulator } from '../src/stack/emulator.ts';
import { repositoryRoot } from '../src/stack/paths.ts';
import { type Postgres, startPostgres } from '../src/stack/postgres.ts';
import { temporaryName } from '../src/stack/scratch-database.ts';
import { applied, type Mutant } from './mutant.ts';

/** A copy of a backend in which one mutant at a time is made, and what its servers need. */
export type Workshop = {
  id: BackendId;
  folder: string;
  postgres: Postgres;
  emulator: RunningEmulator;
  close(): Promise<void>;
};

/** Two workshops of one backend cannot be open at the same time. */
export async function openWorkshop(id: BackendId, log: (line: string) => void): Promise<Workshop> {
  const folder = copyOf(id);
  const postgres = await startPostgres({ log });
  const emulator = await startEmulator();
  const close = async (): Promise<void> => {
    await emulator.stop();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { id, folder, postgres, emulator, close };
}

/** Inside of the checkout, so that Node finds the packages. */
function copyOf(id: BackendId): string {
  const source = path.join(repositoryRoot, `backend-${id}`);
  const folder = path.join(repositoryRoot, '.duet', 'mutants', `backend-${id}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const isOwn = (file: string): boolean => path.basename(file) !== 'node_modules';
  cpSync(source, folder, { recursive: true, filter: isOwn });
  const packages = path.join(source, 'node_modules');
  if (existsSync(packages)) symlinkSync(packages, path.join(folder, 'node_modules'));
  return folder;
}

/** Runs `work` while the mutant is in the copy. */
export async function withMutant<Result>(
  { folder }: Workshop,
  mutant: Mutant,
  work: () => Promise<Result>,
): Promise<Result> {
  const file = path.join(folder, mutant.file);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, applied(text, mutant));
  try {
    return await work();
  } finally {
    writeFileSync(file, text);
  }
}

/**
 * Runs `work` with two replicas of the copy on a new database.
 * @throws StartError when they do not come up
 */
export async function withBackend<Result>(
  { id, folder, postgres, emulator }: Workshop,
  provider: Provider,
  signal: AbortSignal,
  work: (backend: Backend) => Promise<Result>,
): Promise<Result> {
  const database = temporaryName('mutant');
  const databaseUrl = await postgres.createDatabase(database, `backend_${id}`);
  const env = provider === 'twilio' ? emulator.environment : {};
  try {
    const backend = await startBackend({ id, folder, provider, databaseUrl, replicas: 2, env, signal });
    try {
      return await work(backend);
    } finally {
      await backend.stop();
    }
  } finally {
    await postgres.dropDatabase(database);
  }
}
