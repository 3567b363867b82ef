import { expect, test } from 'vitest';
import type { Sample } from '../k6/scenarios/order.ts';
import { pointsOf } from './course.ts';

const MIB = 1024 ** 2;
const stages = [
  { ratePerSecond: 2, seconds: 1 },
  { ratePerSecond: 4, seconds: 2 },
];
const quiet = { beganAt: 10_000, process: [], runtime: [] };

function sample(due: number, change: { lag?: number; micros?: number; isFailure?: 1 } = {}): Sample {
  return [due, change.lag ?? 0, change.micros ?? 1_000, change.isFailure ?? 0];
}

const due = [0, 500, 1000, 1250, 1500, 1750, 2000, 2250, 2500, 2750];

test('a request counts in the second in which it should have left', () => {
  const samples = due.map((at) => sample(at, at === 1750 ? { lag: 300, micros: 2_000, isFailure: 1 } : {}));
  const points = pointsOf({ ...quiet, stages, samples });
  expect(points.map(({ second, requests, failures, dropped }) => [second, requests, failures, dropped])).toEqual([
    [0, 2, 0, 0],
    [1, 4, 1, 0],
    [2, 4, 0, 0],
  ]);
  expect(points[0]?.p50).toBe(1);
  // 300 ms late, and 2 ms until the answer.
  expect(points[1]?.p99).toBeGreaterThan(290);
  expect(points[2]?.p99).toBe(1);
});

test('a stage of which requests were dropped does not count', () => {
  const samples = due.filter((at) => at < 2000).map((at) => sample(at));
  const points = pointsOf({ ...quiet, stages, samples });
  // Of 8 requests 4 left, and the last one may leave or not.
  expect(points.map(({ dropped }) => dropped)).toEqual([0, 2, 2]);
});

test('what process and runtime tell belongs to the second that it tells of', () => {
  const points = pointsOf({
    stages,
    samples: [],
    beganAt: 10_000,
    process: [
      { at: 9_900, cpuMs: 900, residentBytes: 900 * MIB },
      { at: 10_500, cpuMs: 3, residentBytes: 90 * MIB },
      { at: 11_000, cpuMs: 4, residentBytes: 80 * MIB },
      { at: 11_250, cpuMs: 50, residentBytes: 95 * MIB },
    ],
    runtime: [
      { at: 10_700, eventLoopDelayP99: 1.5, collectionMs: 2 },
      { at: 12_700, eventLoopDelayP99: 7, collectionMs: 9 },
    ],
  });
  expect(points.map(({ serverCpuMs, residentBytes }) => [serverCpuMs, residentBytes / MIB])).toEqual([
    [7, 90],
    [50, 95],
    [0, 0],
  ]);
  expect(points.map(({ eventLoopDelayP99, collectionMs }) => [eventLoopDelayP99, collectionMs])).toEqual([
    [1.5, 2],
    [0, 0],
    [7, 9],
  ]);
});
