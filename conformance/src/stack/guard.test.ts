import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { startOf } from './living.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'duet-guard-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a module in which `start` starts a process that goes on for a minute; `pid` is what it prints, once it has. */
async function runStarter(script: string) {
  const url = pathToFileURL(path.join(import.meta.dirname, 'process.ts')).href;
  const source = `import { startProcess } from ${JSON.stringify(url)};
    const start = () => startProcess({ name: 'it', command: ['sleep', '60'], cwd: '/', env: {} });
    ${script}`;
  const state = mkdtempSync(path.join(folder, 'state-'));
  const env = { ...process.env, DUET_STATE: state };
  const starter = spawn(process.execPath, ['--input-type=module', '-e', source], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(starter, 'exit');
  const [line] = (await Promise.race([once(starter.stdout, 'data'), exited])) as [unknown];
  return { starter, exited, state, pid: Number(line) };
}

const staying = 'console.log((await start()).pid); setInterval(() => 0, 1000);';

test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
  'what was started ends with who was ended by %s',
  async (signal) => {
    const { starter, pid } = await runStarter(staying);
    expect(startOf(pid)).not.toBeNull();
    starter.kill(signal);
    await expect.poll(() => startOf(pid), { timeout: 10_000 }).toBeNull();
  },
  30_000,
);

test('so it does when its starter is killed in the same moment', async () => {
  const { state } = await runStarter(`void start(); process.kill(process.pid, 'SIGKILL');`);
  const [record = ''] = readdirSync(path.join(state, 'processes'));
  const pid = Number.parseInt(record, 10);
  expect(pid).toBeGreaterThan(0);
  await expect.poll(() => startOf(pid), { timeout: 10_000 }).toBeNull();
}, 30_000);

test('a starter that has nothing left to do ends, its guard with it', async () => {
  const { exited } = await runStarter('await (await start()).stop();');
  expect((await exited)[0]).toBe(0);
}, 30_000);
