import { setTimeout as pause } from 'node:timers/promises';
import { StartError } from './errors.ts';
import type { Launcher } from './launcher.ts';
import { freePort } from './ports.ts';
import { lastWords, startProcess } from './process.ts';
import { startServer, type ServerOptions, type ServerProcess } from './server.ts';

export type LaunchOptions = {
  /** The launcher's own database unless given. */
  databaseUrl?: string;
  /** Settings over the launcher's; undefined takes one away. */
  env?: Record<string, string | undefined>;
  /** The server is expected to refuse: waits for its exit instead of its readiness. */
  expectExit?: boolean;
  /** Asked until it answers 2xx; `/readyz` unless given. */
  readyPath?: string;
  timeoutMs?: number;
};

export type MigrateOptions = Pick<LaunchOptions, 'databaseUrl' | 'env'> & { signal?: AbortSignal | undefined };

/**
 * Starts a server of its own on a free port of 127.0.0.1 and waits until it is ready (or, with `expectExit`, has exited).
 * @throws StartError when it is not ready in time, or does not exit although it should.
 */
export async function launch(launcher: Launcher, options: LaunchOptions = {}): Promise<ServerProcess> {
  const port = await freePort();
  const given = { HOST: '127.0.0.1', PORT: String(port), DATABASE_URL: options.databaseUrl ?? launcher.databaseUrl };
  const server: ServerOptions = {
    name: launcher.name,
    command: launcher.start,
    cwd: launcher.cwd,
    env: merged({ ...launcher.env, ...given }, options.env),
    readyUrl: `http://127.0.0.1:${port}${options.readyPath ?? '/readyz'}`,
    timeoutMs: options.timeoutMs ?? 30_000,
  };
  return options.expectExit ? startToExit(server, options.timeoutMs ?? 15_000) : startServer(server);
}

/**
 * Runs a launcher's migrations to their end.
 * @returns what the command printed on stdout
 * @throws StartError with the command's own words on one line when it exits with another code than 0.
 */
export async function runMigrate(launcher: Launcher, options: MigrateOptions = {}): Promise<string> {
  const env = merged({ ...launcher.env, DATABASE_URL: options.databaseUrl ?? launcher.databaseUrl }, options.env);
  const migration = await startProcess({
    name: `${launcher.name}'s migrations`,
    command: launcher.migrate,
    cwd: launcher.cwd,
    env,
  });
  const stop = (): void => migration.kill('SIGKILL');
  options.signal?.addEventListener('abort', stop, { once: true });
  const exit = await migration.exited;
  options.signal?.removeEventListener('abort', stop);
  options.signal?.throwIfAborted();
  if (exit.code === 0) return migration.stdout.join('\n');
  throw new StartError(`${launcher.name}: the migrations fail: ${lastWords(migration, exit)}`);
}

async function startToExit(options: ServerOptions, timeoutMs: number): Promise<ServerProcess> {
  const server = Object.assign(await startProcess(options), { url: new URL(options.readyUrl).origin });
  const exit = await Promise.race([server.exited, pause(timeoutMs)]);
  if (exit) return server;
  await server.stop(0);
  throw new StartError(`${server.name} goes on for ${timeoutMs / 1000} s although it was to refuse its configuration`);
}

function merged(
  base: Record<string, string>,
  changes: Record<string, string | undefined> = {},
): Record<string, string> {
  const entries = Object.entries({ ...base, ...changes });
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
