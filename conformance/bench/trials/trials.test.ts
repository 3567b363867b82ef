import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { keepRun, readRuns, type TrialRun } from './results.ts';
import { tell } from './tell.ts';
import { trials } from './trials.ts';

const [sameTwice] = trials;
const ratio = { estimate: 1.01, low: 0.99, high: 1.02 };
const machine = { processor: 'one', cores: 2, memoryBytes: 1, kernel: 'Linux', system: 'Debian' };

function run(seed: number, verdict: TrialRun['comparisons'][number]['verdict']): TrialRun {
  const comparison = { subject: 'backend-a again', base: 'backend-a', ratio, adjustedP: 0.4, verdict } as const;
  const comparisons = [{ ...comparison, scenario: 'point-read' as const }];
  return { trial: 'a-a', seed, startedAt: '2026-11-27T08:00:00.000Z', seconds: 320, commit: 'c', machine, comparisons };
}

test('a trial is met when enough of its runs show what they must', () => {
  if (!sameTwice) throw new Error('no trial');
  const equivalent = Array.from({ length: 16 }, (_, index) => run(index + 1, 'equivalent'));
  const undecided = Array.from({ length: 4 }, (_, index) => run(index + 17, 'inconclusive'));
  const told = tell(sameTwice, [...equivalent, ...undecided]);
  expect(told.isMet).toBe(true);
  expect(told.text).toContain('20 of 20 (at least 19): the same backend twice is called neither faster nor slower');
  expect(told.text).toContain('16 of 20 (at least 15): the same backend twice is called equivalent');
  const called = tell(sameTwice, [...equivalent, ...undecided.slice(2), run(19, 'slower'), run(20, 'faster')]);
  expect(called.isMet).toBe(false);
});

test('runs are kept one by one, so an interrupted trial goes on', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'duet-trials-'));
  const file = path.join(folder, 'results', 'a-a.ndjson');
  expect(readRuns(file)).toEqual([]);
  keepRun(file, run(1, 'equivalent'));
  keepRun(file, run(2, 'inconclusive'));
  expect(readRuns(file).map(({ seed }) => seed)).toEqual([1, 2]);
  rmSync(folder, { recursive: true });
});

test('a slowed backend differs from itself by the wait alone', () => {
  const slowed = trials.find(({ name }) => name === 'power-5');
  const [, base, busy] = slowed?.subjects(400) ?? [];
  expect(busy).toMatchObject({ product: 'backend-a', series: 'statements', env: { BUSY_WAIT_MICROSECONDS: '20.0' } });
  expect(base?.env).toBeUndefined();
});
