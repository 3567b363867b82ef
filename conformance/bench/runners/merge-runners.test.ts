import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/seeded-random.ts';
import { percentilesOf } from '../loads/histogram.ts';
import { servicesOf } from '../study/loads.ts';
import { mergeRunners } from './merge-runners.ts';
import { BEGAN_AT, range, runnerLog, type LogChange } from './runner-fixture.ts';
import { parseRunnerLog, type RunnerResult } from './runner-log.ts';

const quick = range(1, 1000);
const slow = range(1001, 2000);

function read(name: string, segment: string, micros: readonly number[], change?: LogChange): RunnerResult {
  return parseRunnerLog(runnerLog(segment, micros, change), `${name}.log`);
}

function merge(...results: [RunnerResult, ...RunnerResult[]]) {
  return mergeRunners(results, 'backend-a');
}

/** The first half, whole, and the second with a change. */
function withOther(change: LogChange, segment = '1/2:1', micros = slow) {
  return () => merge(read('one', '0:1/2', quick), read('other', segment, micros, change));
}

/** By nearest rank, in milliseconds, from the samples themselves. */
function exactly(micros: readonly number[], percent: number): number {
  const sorted = micros.toSorted((one, other) => one - other);
  return (sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? 0) / 1000;
}

describe('the merged load', () => {
  test('has the percentiles of all samples, whoever saw them', () => {
    const load = merge(read('one', '0:1/2', quick), read('other', '1/2:1', slow));
    expect(percentilesOf([load.fromIntendedStart])).toEqual({ p50: 1, p90: 1.8, p99: 1.98, max: 2 });
    expect(percentilesOf([load.fromSending])).toEqual({ p50: 1, p90: 1.8, p99: 1.98, max: 2 });
  });

  test('has them to three digits, however unlike the runners are', () => {
    const random = seededRandom(11);
    const times = (count: number, most: number) => Array.from({ length: count }, () => Math.ceil(random() ** 6 * most));
    const parts = [times(1400, 900_000), times(500, 40_000_000), times(100, 3_000)] as const;
    const [one, two, three] = [
      read('1', '0:1/3', parts[0]),
      read('2', '1/3:2/3', parts[1]),
      read('3', '2/3:1', parts[2]),
    ];
    const found = percentilesOf([merge(one, two, three).fromIntendedStart]);
    const all = parts.flat();
    for (const [name, percent] of [
      ['p50', 50],
      ['p90', 90],
      ['p99', 99],
      ['max', 100],
    ] as const) {
      const ratio = (found?.[name] ?? 0) / exactly(all, percent);
      expect(ratio, name).toBeGreaterThanOrEqual(1);
      expect(ratio, name).toBeLessThan(1.001);
    }
  });

  test('counts the requests of all runners at the rate of all of them', () => {
    expect(merge(read('one', '0:1/2', quick), read('other', '1/2:1', slow))).toMatchObject({
      scenario: 'mixed-day',
      subject: 'backend-a',
      runners: 2,
      loop: { kind: 'open', ratePerSecond: 200, share: null },
      durationMs: 10_000,
      sent: 2000,
      dropped: 0,
      failures: 0,
      compared: 4,
      mismatches: 0,
    });
  });

  test('lasts for as long as all runners sent', () => {
    expect(withOther({ seen: { beganAt: BEGAN_AT - 300 } })().durationMs).toBe(9_700);
  });

  test('is the same whatever the order of the logs', () => {
    const [one, other] = [read('one', '0:1/2', quick), read('other', '1/2:1', slow)];
    expect(merge(other, one)).toEqual(merge(one, other));
  });

  test('can come from one runner', () => {
    expect(merge(read('one', '0:1', [...quick, ...slow]))).toMatchObject({ runners: 1, sent: 2000, dropped: 0 });
  });
});

describe('a merged load is invalid, as a single one is', () => {
  const cellOf = (change: LogChange, micros = slow) =>
    servicesOf([withOther(change, '1/2:1', micros)()]).map(({ cell }) => cell);

  test('by requests that one runner dropped', () => {
    expect(cellOf({}, range(1001, 1997))).toEqual([{ invalid: '3 requests dropped' }]);
  });

  test('by requests of one runner that failed, or were never answered', () => {
    expect(cellOf({ seen: { samples: [[0, 0, 900, 1]], started: 500 } })).toEqual([{ invalid: '500 requests failed' }]);
  });

  test('by an answer to one runner that differed', () => {
    expect(cellOf({ seen: { mismatches: 1 } })).toEqual([{ invalid: '1 answers differed' }]);
  });
});

describe('results that are not of one load are refused:', () => {
  const server = { service: 'backend-a', framework: 'Express 5.3.0', orm: 'TypeORM 1.1.1', runtime: 'Node.js 24.21.0' };
  const oneRun = 'merge the logs of one TestRun';

  test.each<[string, LogChange, string]>([
    ['scenario', { order: { scenario: 'booking' } }, 'scenario (mixed-day; booking)'],
    ['rate', { order: { ratePerSecond: 100 } }, 'rate (200; 100)'],
    ['duration', { order: { seconds: 20 } }, 'duration (10; 20)'],
    ['virtual users', { order: { virtualUsers: 8 } }, 'number of virtual users (4; 8)'],
    ['seed', { order: { seed: 8 } }, 'seed (7; 8)'],
    ['contract', { order: { server: { ...server, contractVersion: '2.0.0' } } }, 'contract version (1.0.0; 2.0.0)'],
    ['commit', { order: { commit: 'fedcba' } }, 'commit (0123456789abcdef0123456789abcdef01234567; fedcba)'],
    [
      'server',
      { order: { server: { ...server, service: 'backend-b', contractVersion: '1.0.0' } } },
      'server (backend-a, Express 5.3.0, TypeORM 1.1.1, Node.js 24.21.0; backend-b, Express 5.3.0, TypeORM 1.1.1, Node.js 24.21.0)',
    ],
  ])('another %s', (_, change, words) => {
    expect(withOther(change)).toThrow(`one.log and other.log differ in their ${words}: ${oneRun}`);
  });

  test('the same part twice', () => {
    expect(withOther({}, '0:1/2')).toThrow(
      "one.log and other.log are both of part 0:1/2 of the load: give each runner's log once",
    );
  });

  test.each([
    ['0:1/3', '2/3:1'],
    ['0:1/3', '1/3:2/3'],
    ['1/3:2/3', '2/3:1'],
  ])('%s and %s, of which a part is missing', (first, second) => {
    expect(() => merge(read('one', first, quick), read('other', second, slow))).toThrow(
      `a runner is missing: here is ${first} and ${second} of the load; give the logs of all runners of the TestRun`,
    );
  });

  test('loads that hardly overlap', () => {
    expect(withOther({ seen: { beganAt: BEGAN_AT - 4_000 } })).toThrow(
      "other.log began 4.0 s before one.log, in a load of 10.0 s: they were no load together; let the operator start them, and set the nodes' clocks",
    );
  });
});
