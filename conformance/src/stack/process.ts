import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { StartError } from './errors.ts';
import { collectLines } from './lines.ts';
import { sendSignal } from './living.ts';
import { forget, remember } from './process-records.ts';

export type Exit = { code: number | null; signal: NodeJS.Signals | null };

export type StartedProcess = {
  name: string;
  pid: number;
  /** What it printed, a line an entry; of one started with `keepLines` only the last ones. */
  stdout: string[];
  stderr: string[];
  exited: Promise<Exit>;
  /** Sends a signal to the process alone; SIGKILL to all that it started too. */
  kill(signal?: NodeJS.Signals): void;
  /** SIGTERM, and after `graceMs` (5 seconds unless told) without an exit SIGKILL; resolves when it has exited. */
  stop(graceMs?: number): Promise<Exit>;
};

export type ProcessOptions = {
  name: string;
  command: string[];
  cwd: string;
  /** All it sees of the environment, but for PATH, HOME and the like. */
  env: Record<string, string>;
  keepLines?: number;
  onLine?: ((line: string) => void) | undefined;
};

/**
 * Starts a program in a process group of its own, so that Ctrl-C reaches us first and all that it starts can be ended, as
 * it is when we are gone.
 * @throws StartError when it cannot be run.
 */
export async function startProcess(options: ProcessOptions): Promise<StartedProcess> {
  const child = await spawnGroup(options);
  const { pid } = child;
  const { promise: exited, resolve } = Promise.withResolvers<Exit>();
  child.once('close', (code, signal) => {
    forget(pid);
    resolve({ code, signal });
  });
  child.once('exit', () => sendSignal(-pid, 'SIGKILL'));
  const lines = { keep: options.keepLines ?? Infinity, onLine: options.onLine };
  const started: StartedProcess = {
    name: options.name,
    pid,
    stdout: collectLines(child.stdout, lines),
    stderr: collectLines(child.stderr, lines),
    exited,
    kill: (signal = 'SIGTERM') => void sendSignal(signal === 'SIGKILL' ? -pid : pid, signal),
    async stop(graceMs = 5000) {
      if (graceMs > 0) started.kill('SIGTERM');
      const timer = setTimeout(() => sendSignal(-pid, 'SIGKILL'), graceMs);
      return exited.finally(() => clearTimeout(timer));
    },
  };
  return started;
}

/** How a process ended, in words: what it said last on stderr, its exit code or signal. */
export function lastWords(of: Pick<StartedProcess, 'stderr'>, { code, signal }: Exit, lines = 10): string {
  const ending = signal ? `ended by ${signal}` : `exited with code ${code}`;
  const said = of.stderr.filter((line) => line.trim() !== '').slice(-lines);
  return said.length > 0 ? `${said.join('; ')} (${ending})` : `${ending} and said nothing on stderr`;
}

/** What it died of, in one line: the error that it names, behind which Node prints the stack and its own version, else its last words. */
export function causeOfDeath(of: Pick<StartedProcess, 'stderr'>, exit: Exit): string {
  const error = of.stderr.findLast((line) => /^\w*Error\b.*: /.test(line));
  return lastWords(error === undefined ? of : { stderr: [error] }, exit, 1);
}

type Child = ChildProcessByStdio<null, Readable, Readable> & { pid: number };

function spawnGroup({ name, command, cwd, env }: ProcessOptions): Promise<Child> {
  const { promise, resolve, reject } = Promise.withResolvers<Child>();
  const [program = '', ...words] = command;
  const child = spawn(program, words, {
    cwd,
    env: { ...inherited(), ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Before anything else happens: who is killed meanwhile tells nobody of it any more.
  if (child.pid !== undefined) remember(child.pid, name);
  child.once('error', (error) => {
    reject(new StartError(`${name}: ${program} cannot be run in ${cwd}: ${error.message}`, { cause: error }));
  });
  child.once('spawn', () => resolve(child as Child));
  return promise;
}

/** Settings of the server under test must come from the caller, never from whoever runs the harness. */
function inherited(): Record<string, string> {
  const names = ['PATH', 'HOME', 'USER', 'TMPDIR', 'LANG', 'LD_LIBRARY_PATH'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
