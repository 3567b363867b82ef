import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { conformantRecords } from '../../report/fixtures/run.ts';
import { serialise } from '../../report/stream.ts';
import { CouldNotJudge } from '../target.ts';
import { isHeeded, nextChange } from './changed-files.ts';
import { keepRunning } from './watching.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(path.join(os.tmpdir(), 'duet-watch-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ['src/main.ts', true],
  ['openapi.yaml', true],
  ['node_modules/x/index.js', false],
  ['web/node_modules/x/index.js', false],
  ['report/results.ndjson', false],
  ['.git/index', false],
  ['src/.main.ts.swp', false],
])('a change of %s starts a run: %s', (file, isOne) => {
  expect(isHeeded(file)).toBe(isOne);
});

test('a change in a folder is told with its path', async () => {
  mkdirSync(path.join(folder, 'src'));
  mkdirSync(path.join(folder, 'node_modules'));
  const { signal } = new AbortController();
  const changed = nextChange(folder, signal);
  writeFileSync(path.join(folder, 'node_modules', 'x.ts'), '');
  writeFileSync(path.join(folder, 'src', 'main.ts'), 'x');
  expect(await changed).toBe(path.join('src', 'main.ts'));
});

test('an interruption ends the waiting', async () => {
  const controller = new AbortController();
  const changed = nextChange(folder, controller.signal);
  controller.abort(new Error('stopped'));
  await expect(changed).rejects.toThrow('stopped');
});

/** Runs as often as there are changes, and then is interrupted. */
async function runs(changes: number, run: (count: number) => void): Promise<number> {
  const controller = new AbortController();
  let [count, left] = [0, changes];
  const watching = keepRunning({
    folder,
    out: folder,
    signal: controller.signal,
    patienceMs: 5_000,
    run: async () => run((count += 1)),
    change: async () => {
      if (left-- > 0) return 'main.ts';
      controller.abort(new Error('stopped'));
      throw controller.signal.reason;
    },
  });
  await expect(watching).rejects.toThrow('stopped');
  return count;
}

test('runs once and again after each change', async () => {
  const write = () => writeFileSync(path.join(folder, 'results.ndjson'), conformantRecords().map(serialise).join(''));
  expect(await runs(2, write)).toBe(3);
});

test('waits for a server that starts anew', async () => {
  const isGone = (count: number) => {
    if (count === 2) throw new CouldNotJudge('nothing listens there');
  };
  expect(await runs(1, isGone)).toBe(3);
});

test('ends when the first run cannot be', async () => {
  const failing = keepRunning({
    folder,
    out: folder,
    signal: new AbortController().signal,
    run: async () => Promise.reject(new CouldNotJudge('no rule fits')),
  });
  await expect(failing).rejects.toThrow('no rule fits');
});
