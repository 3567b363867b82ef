import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCommand, type CommandResult } from './command.ts';
import { codeOf, StartError } from './errors.ts';
import { commandOf, sendSignal } from './living.ts';
import { giveTo } from './postgres-identity.ts';
import type { Place } from './postgres-place.ts';

export const administrator = 'duet';
const majorVersion = '18';

/** Made for tests: quick and small before safe against a power cut; every query is planned and run in one process. */
const settings: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: "''",
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  max_connections: '200',
  shared_buffers: '64MB',
  max_wal_size: '256MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  fsync: 'off',
  full_page_writes: 'off',
  io_method: 'sync',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  log_min_error_statement: 'panic',
};

/** What a cluster needs whose crashes must lose nothing that was committed. */
const durable: Record<string, string> = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' };

/** The administrator's password, made once for a cluster. */
export function passwordOf(place: Place): string {
  const file = path.join(place.folder, 'password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8');
}

/**
 * Makes the cluster when there is none yet; what an interrupted attempt left behind does not count.
 * @returns whether it is a new one
 */
export async function initialise(place: Place): Promise<boolean> {
  const data = dataOf(place);
  if (existsSync(path.join(data, 'PG_VERSION'))) {
    checkVersion(place);
    return false;
  }
  const draft = path.join(place.server, 'draft');
  rmSync(draft, { recursive: true, force: true });
  const passwordFile = path.join(place.server, 'password');
  writeFileSync(passwordFile, passwordOf(place), { mode: 0o600 });
  giveTo(place.identity, passwordFile);
  const encoding = ['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = ['-U', administrator, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
  const made = await runTool(place, 'initdb', ['-D', draft, ...encoding, ...access, '--no-sync', '--no-instructions']);
  rmSync(passwordFile, { force: true });
  if (made.code !== 0)
    throw new StartError(`initdb failed: ${lastLine(made.output)}; delete ${place.folder} and try again`);
  renameSync(draft, data);
  return true;
}

/** Starts the server on that port of 127.0.0.1 and waits until it answers; a durable one survives its own crash. */
export async function startCluster(place: Place, port: number, isDurable = false): Promise<void> {
  const log = path.join(place.server, 'postgres.log');
  rmSync(log, { force: true });
  const options = Object.entries({ port: String(port), ...settings, ...(isDurable && durable) }).map(
    ([name, value]) => `-c ${name}=${value}`,
  );
  const started = await runTool(place, 'pg_ctl', [
    'start',
    '-w',
    '-s',
    '-t',
    '30',
    '-D',
    dataOf(place),
    '-l',
    log,
    '-o',
    options.join(' '),
  ]);
  if (started.code === 0) return;
  const said = existsSync(log) ? readFileSync(log, 'utf8') : started.output;
  throw new StartError(
    `PostgreSQL does not start: ${lastLine(said)} (${log}); if its data is damaged delete ${place.folder}`,
  );
}

/** Stops the server; connections that are still open are cut; `immediate` is a crash. A server that is not running is no error. */
export async function stopCluster(place: Place, mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
  const running = runningServer(place);
  if (!running) return;
  const stopped = await runTool(place, 'pg_ctl', ['stop', '-w', '-s', '-m', mode, '-t', '10', '-D', dataOf(place)]);
  if (stopped.code !== 0) sendSignal(running.pid, 'SIGKILL');
}

/** The living server of this cluster, whoever started it. The file of one that died is removed. */
export function runningServer(place: Place): { pid: number; port: number } | undefined {
  const file = path.join(dataOf(place), 'postmaster.pid');
  try {
    const [pid, , , port] = readFileSync(file, 'utf8').split('\n').map(Number);
    // Numbers of processes are used again, and PostgreSQL would refuse to start because of a stranger's.
    if (pid && port && /\bpostgres\b/.test(commandOf(pid))) return { pid, port };
    rmSync(file, { force: true });
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  return undefined;
}

function checkVersion(place: Place): void {
  const version = readFileSync(path.join(dataOf(place), 'PG_VERSION'), 'utf8').trim();
  if (version === majorVersion) return;
  throw new StartError(
    `${place.folder} was made by PostgreSQL ${version}, this is ${majorVersion}: delete that folder`,
  );
}

/** Never in our working folder, which the other user may not be able to enter. */
function runTool(place: Place, tool: 'initdb' | 'pg_ctl', words: string[]): Promise<CommandResult> {
  const env = { ...process.env, LC_ALL: 'C', PGDATA: '', TZ: 'UTC' };
  return runCommand([...place.identity.prefix, path.join(place.native, 'bin', tool), ...words], {
    ...place.identity.options,
    cwd: '/',
    env,
  });
}

function dataOf(place: Place): string {
  return path.join(place.server, 'data');
}

function lastLine(text: string): string {
  const lines = text.trim().split('\n');
  return (lines.findLast((line) => /FATAL|PANIC|error:/.test(line)) ?? lines.at(-1) ?? 'it says nothing').trim();
}
