import { randomBytes } from 'node:crypto';
import type { Launcher } from '../../src/stack/launcher.ts';
import { runMigrate } from '../../src/stack/launching.ts';
import { freePort } from '../../src/stack/ports.ts';
import { type ServerProcess, startServer } from '../../src/stack/server.ts';

export type FloorOptions = {
  /** A role that may create databases, for the rules that need one of their own. */
  databaseUrl: string;
  replicas: number;
  /** The database is as this version wants it: no migration is run. */
  isMigrated?: boolean | undefined;
  /** Settings over those that it is judged with. */
  env?: Record<string, string> | undefined;
  /** The Node that runs it, this one unless given, and what it is told beside the file. */
  program?: string | undefined;
  nodeOptions?: string[] | undefined;
  signal?: AbortSignal | undefined;
};

export type RunningFloor = {
  urls: string[];
  inviteCode: string;
  launcher: Launcher;
  processes: ServerProcess[];
  stop(): Promise<void>;
};

/** How the floor is started, in the words of a launcher file. */
export function floorLauncher({
  databaseUrl,
  env,
  program = process.execPath,
  nodeOptions = [],
}: Pick<FloorOptions, 'databaseUrl' | 'env' | 'program' | 'nodeOptions'>): Launcher {
  return {
    name: 'floor',
    start: [program, ...nodeOptions, 'main.ts'],
    migrate: [program, ...nodeOptions, 'migrate.ts'],
    cwd: import.meta.dirname,
    env: {
      NODE_ENV: 'test',
      CONFORMANCE_CLOCK: '1',
      LOG: 'production',
      DRAIN_SECONDS: '0',
      CURSOR_SECRET: randomBytes(32).toString('base64url'),
      DOCTOR_INVITE_CODE: randomBytes(12).toString('base64url'),
      ...env,
    },
    databaseUrl,
    migrated: true,
  };
}

/**
 * Migrates the floor's database and starts its replicas.
 * @throws StartError, one line, when either fails.
 */
export async function startFloor({ replicas, signal, isMigrated, ...options }: FloorOptions): Promise<RunningFloor> {
  const launcher = floorLauncher(options);
  if (!isMigrated) await runMigrate(launcher, { signal });
  const processes: ServerProcess[] = [];
  const stop = async (): Promise<void> => void (await Promise.all(processes.map((replica) => replica.stop())));
  try {
    while (processes.length < replicas) processes.push(await startReplica(launcher, signal));
  } catch (error) {
    await stop();
    throw error;
  }
  const urls = processes.map(({ url }) => url);
  return { urls, inviteCode: launcher.env['DOCTOR_INVITE_CODE'] ?? '', launcher, processes, stop };
}

async function startReplica(launcher: Launcher, signal: AbortSignal | undefined): Promise<ServerProcess> {
  const port = await freePort();
  return startServer({
    name: launcher.name,
    command: launcher.start,
    cwd: launcher.cwd,
    env: { ...launcher.env, DATABASE_URL: launcher.databaseUrl, HOST: '127.0.0.1', PORT: String(port) },
    readyUrl: `http://127.0.0.1:${port}/readyz`,
    signal,
  });
}
