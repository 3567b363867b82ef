import type { RunnerOrder, RunnerSeen, Sample } from '../k6/scenarios/order.ts';

// The logs of runners as k6 writes them with K6_LOG_FORMAT=raw: lines of its own among those of the script.

export type LogChange = {
  order?: Partial<RunnerOrder>;
  /** Of the first virtual user. */
  seen?: Partial<RunnerSeen>;
};

/** Two virtual users by turns sent a request for each of these times, in microseconds, at 200 requests a second for 10 s. */
export function runnerLog(segment: string, micros: readonly number[], change: LogChange = {}): string {
  const order: RunnerOrder = {
    kind: 'runner',
    startedAt: '2026-11-27T08:00:00.000Z',
    scenario: 'mixed-day',
    ratePerSecond: 200,
    seconds: 10,
    virtualUsers: 4,
    seed: 7,
    commit: '0123456789abcdef0123456789abcdef01234567',
    segment,
    server: {
      service: 'backend-a',
      framework: 'Express 5.3.0',
      orm: 'TypeORM 1.1.1',
      runtime: 'Node.js 24.21.0',
      contractVersion: '1.0.0',
    },
    ...change.order,
  };
  const users = [0, 1].map((user): RunnerSeen => {
    const own = micros.filter((_, index) => index % 2 === user);
    const samples = own.map((each, index): Sample => [index * 5, 0, each, 0]);
    const told = { started: own.length, samples, compared: 1, mismatches: 0, acknowledged: [], complaint: null };
    return { kind: 'seen', virtualUsers: 2, beganAt: BEGAN_AT, ...told, ...(user === 0 && change.seen) };
  });
  return [
    JSON.stringify(order),
    'Insufficient VUs, reached 2 active VUs and cannot initialize more',
    ...users.map((user) => JSON.stringify(user)),
    '     http_req_duration..............: avg=1ms',
    '',
  ].join('\n');
}

export const BEGAN_AT = Date.parse('2026-11-27T08:00:20.000Z');

/** Whole numbers from one to the other. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
