import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Provider, Stack } from './stack.ts';

export type RunningStack = { stack: Stack; stop(): Promise<void> };

const repositoryRoot = path.resolve(import.meta.dirname, '../../..');
const inviteCode = 'stories-in-a-browser';
const readyMs = 240_000;

/** `duet start` on a free port, with databases of its own that are gone afterwards. */
export async function startStack(provider: Provider): Promise<RunningStack> {
  const stateFolder = mkdtempSync(path.join(tmpdir(), `duet-e2e-${provider}-`));
  const port = await freePort();
  const command = spawn('npx', ['duet', 'start', '--port', String(port), '--provider', provider], {
    cwd: repositoryRoot,
    env: { ...process.env, DUET_STATE: stateFolder, DOCTOR_INVITE_CODE: inviteCode },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const said = listen(command);
  const stop = async (): Promise<void> => {
    await interrupt(command);
    rmSync(stateFolder, { recursive: true, force: true });
  };
  const stack = { provider, origin: `http://localhost:${port}`, inviteCode, stateFolder };
  try {
    await untilReady(stack.origin, command, said);
    return { stack, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function listen(command: ChildProcess): () => string {
  let text = '';
  command.stderr?.setEncoding('utf8').on('data', (part: string) => (text = (text + part).slice(-4000)));
  return () => text;
}

async function untilReady(origin: string, command: ChildProcess, said: () => string): Promise<void> {
  const deadline = performance.now() + readyMs;
  while (command.exitCode === null && performance.now() < deadline) {
    if (await answers(`${origin}/client-config.json`)) return;
    await pause(200);
  }
  throw new Error(`duet start is not ready: ${said()}`);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false; // It does not listen yet.
  }
}

/** Ctrl-C: to the whole group, as a terminal sends it. */
async function interrupt(command: ChildProcess): Promise<void> {
  if (command.exitCode !== null || command.pid === undefined) return;
  const { promise: exited, resolve } = Promise.withResolvers<void>();
  command.once('exit', () => resolve());
  process.kill(-command.pid, 'SIGINT');
  await exited;
}

/** Below the range from which the system takes the ports of outgoing connections. */
async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = 15_000 + Math.floor(Math.random() * 5000);
    if (await isFree(port)) return port;
  }
  throw new Error('no free port between 15000 and 20000');
}

function isFree(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const server = createServer();
  server.once('error', () => resolve(false));
  server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  return promise;
}
