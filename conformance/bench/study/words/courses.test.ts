import { expect, test } from 'vitest';
import type { Timeline } from '../records.ts';
import { recoverySeconds, soakWords, spikeWords, stretchesOf } from './courses.ts';

const MIB = 1024 ** 2;

function timeline(
  scenario: Timeline['scenario'],
  p99: number[],
  change: Partial<Timeline['points'][number]> = {},
): Timeline {
  const stage = (share: number, seconds: number) => ({ share, ratePerSecond: share * 1000, seconds });
  return {
    kind: 'timeline',
    scenario,
    block: 1,
    subject: 'backend-a',
    load: 'mixed-day',
    stages:
      scenario === 'soak' ? [stage(0.25, p99.length)] : [stage(0.1, 3), stage(0.8, 2), stage(0.1, p99.length - 5)],
    compared: 10,
    mismatches: 0,
    startLag: { p50: 0, p90: 0, p99: 0, max: 0 },
    cpu: { server: 1, database: 1, generator: 1 },
    points: p99.map((value, second) => ({
      second,
      requests: 100,
      failures: 0,
      dropped: 0,
      p50: 1,
      p99: value,
      serverCpuMs: 10,
      residentBytes: (100 + second) * MIB,
      eventLoopDelayP99: 1,
      collectionMs: 0,
      ...change,
    })),
  };
}

test('a spike is told by what it was before, at its worst, and when it was over', () => {
  const spike = timeline('spike', [2, 3, 2, 40, 90, 30, 5, 3, 2, 2]);
  expect(stretchesOf(spike).map(({ name, p99 }) => [name, p99?.typical, p99?.worst])).toEqual([
    ['before', 2, 3],
    ['spike', 65, 90],
    ['after', 3, 30],
  ]);
  expect(recoverySeconds(spike)).toBe(2);
  expect(spikeWords(spike)).toBe(
    'backend-a: p99 2.00\u00a0ms before, up to 90.0\u00a0ms at 8 times the rate, back after 2\u00a0s',
  );
});

test('a spike that is not over says so, and dropped requests have no times', () => {
  const spike = timeline('spike', [2, 2, 2, 40, 90, 30, 30, 30]);
  expect(spikeWords(spike)).toMatch(/not back by the end$/);
  const dropped = { ...spike, points: spike.points.map((one) => ({ ...one, dropped: one.second === 4 ? 7 : 0 })) };
  expect(spikeWords(dropped)).toContain('7 requests that could not leave at 8 times the rate');
});

test('a soak is told by its first and its last third', () => {
  expect(soakWords(timeline('soak', [2, 2, 2, 5, 5, 5, 3, 3, 3]))).toBe(
    'backend-a: p99 2.00\u00a0ms in the first third, 3.00\u00a0ms in the last; memory 101\u00a0MiB, 107\u00a0MiB',
  );
});
