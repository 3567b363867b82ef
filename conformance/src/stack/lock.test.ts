import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { withLock } from './lock.ts';

const file = path.join(mkdtempSync(path.join(tmpdir(), 'duet-lock-')), 'lock');

it('lets one at a time work', async () => {
  let inside = 0;
  const most: number[] = [];
  const work = async (): Promise<void> => {
    most.push(++inside);
    await pause(5);
    inside--;
  };
  await Promise.all(Array.from({ length: 5 }, () => withLock(file, work)));
  expect(most).toEqual([1, 1, 1, 1, 1]);
});

it('takes over the lock of a process that died', async () => {
  writeFileSync(file, JSON.stringify({ pid: 999_999_999, startedAt: '1' }));
  expect(await withLock(file, async () => 'done')).toBe('done');
  expect(existsSync(file)).toBe(false);
});
