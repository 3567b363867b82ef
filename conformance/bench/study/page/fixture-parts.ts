import type { Timeline } from '../records.ts';
import type { CapacityPoint, CurvePoint, Percentiles, Study } from '../study.ts';
import { fixtureInterval, fixtureMultiple, MULTIPLES } from './fixture-numbers.ts';

const SHOWN = ['floor', 'backend-a', 'backend-a orm', 'backend-b', 'backend-b orm'];
const SHIPPED = ['floor', 'backend-a', 'backend-b'];
const MIB = 1024 ** 2;

type Parts = Omit<
  Study,
  'header' | 'footer' | 'verdicts' | 'comparisons' | 'spreads' | 'costs' | 'facts' | 'notMeasured'
>;

/** The parts of the full study, invented: what an ORM or a backend has more of, it has more of everywhere. */
export function fixtureParts(): Parts {
  return {
    curves: curves(),
    services: [],
    capacity: capacity(),
    starts: Object.keys(MULTIPLES).map((subject) => ({
      subject,
      readyMs: fixtureInterval(200 * weight(subject), 0.04),
      cpuMs: fixtureInterval(250 * weight(subject), 0.03),
    })),
    memory: Object.keys(MULTIPLES).flatMap((subject) => [
      { subject, moment: 'ready' as const, residentBytes: fixtureInterval(60 * MIB * weight(subject), 0.02) },
      { subject, moment: 'loaded' as const, residentBytes: fixtureInterval(100 * MIB * weight(subject), 0.05) },
    ]),
    statements: statements(),
    fanOut: fanOut(),
    timelines: SHIPPED.flatMap((subject) => [timeline('spike', subject, 60), timeline('soak', subject, 900)]),
    frozen: SHIPPED.map((subject) => ({
      scenario: 'point-read',
      subject,
      frozenMs: 2000,
      open: { ...percentiles(1), p99: 1900, max: 2010 },
      closed: percentiles(weight(subject)),
    })),
    invariants: SHIPPED.map((subject) => ({
      kind: 'invariant',
      scenario: 'booking',
      block: 1,
      subject,
      sentence: 'every acknowledged booking is in the calendar of its user, once',
      expected: 1000,
      found: 1000,
    })),
  };
}

function fanOut(): Study['fanOut'] {
  return SHIPPED.flatMap((subject) =>
    [100, 1000, 5000].map((streams) => ({
      subject,
      streams,
      expected: streams * 10,
      delivered: streams * 10,
      doubled: 0,
      cell: {
        ...percentiles((streams / 100) * weight(subject)),
        serverCpuMsAnEvent: 0.01 * weight(subject),
        residentBytes: 100 * MIB + streams * 10_000,
      },
    })),
  );
}

function weight(subject: string): number {
  return fixtureMultiple(subject, 'mixed-day');
}

function percentiles(ms: number): Percentiles {
  return { p50: ms, p90: ms * 2, p99: ms * 5, max: ms * 20 };
}

function curves(): CurvePoint[] {
  const scenarios = ['point-read', 'booking', 'mixed-day'] as const;
  return scenarios.flatMap((scenario) =>
    SHOWN.flatMap((subject) =>
      [0.25, 0.5, 0.75, 0.9].map((share): CurvePoint => {
        const point = { scenario, subject, share, ratePerSecond: 4000 * share };
        const multiple = fixtureMultiple(subject, scenario);
        const load = Math.min(0.98, share * (0.6 + multiple / 5));
        const isInvalid = load > 0.97;
        return { ...point, cell: isInvalid ? { invalid: '12 requests dropped' } : percentiles(multiple / (1 - load)) };
      }),
    ),
  );
}

function capacity(): CapacityPoint[] {
  const scenarios = ['point-read', 'booking', 'mixed-day'] as const;
  return scenarios.flatMap((scenario) =>
    SHOWN.flatMap((subject) =>
      [1, 4, 16, 64, 256].map((connections): CapacityPoint => {
        const most = 5000 / fixtureMultiple(subject, scenario);
        const estimate = (most * connections) / (connections + 3);
        const cell = {
          requestsPerSecond: fixtureInterval(estimate, 0.03),
          serverCpuMs: fixtureInterval(1000 / most, 0.03),
        };
        return { scenario, subject, connections, cell };
      }),
    ),
  );
}

function statements(): Study['statements'] {
  const scenarios = ['point-read', 'booking'] as const;
  return scenarios.flatMap((scenario) =>
    SHOWN.map((subject) => {
      const many = subject.endsWith('orm') ? (scenario === 'booking' ? 14 : 4) : 1;
      const text = 'select id, starts_at, status from appointments where id = $1 and account_id = $2 for update';
      const texts = Array.from({ length: many }, (_, index) => ({
        text: index === 0 ? text : `select ${index} /* invented */ from appointments where id = $1`,
        calls: 1,
      }));
      return { scenario, subject, statements: many, databaseMs: 0.1 * many, texts };
    }),
  );
}

function timeline(scenario: Timeline['scenario'], subject: string, seconds: number): Timeline {
  const points = Array.from({ length: seconds }, (_, second) => {
    const isHigh = scenario === 'spike' && second >= 20 && second < 35;
    const busy = (isHigh ? 8 : 1) * weight(subject);
    return {
      second,
      requests: (isHigh ? 3000 : 500) + (second % 5) * 10,
      failures: 0,
      dropped: isHigh && subject === 'backend-b' && second > 30 ? 7 : 0,
      p50: busy,
      p99: busy * 5 + (second % 7),
      serverCpuMs: 100 * busy,
      residentBytes: MIB * (100 * weight(subject) + (scenario === 'soak' ? (second % 100) / 4 : second / 2)),
      eventLoopDelayP99: busy + (second % 3),
      collectionMs: 5 + (second % 4),
    };
  });
  const stage = (share: number, lasting: number) => ({ share, ratePerSecond: share * 4000, seconds: lasting });
  return {
    kind: 'timeline',
    scenario,
    block: 1,
    subject,
    load: 'mixed-day',
    stages: scenario === 'soak' ? [stage(0.25, seconds)] : [stage(0.1, 20), stage(0.8, 15), stage(0.1, seconds - 35)],
    compared: 60,
    mismatches: 0,
    startLag: { p50: 0.1, p90: 0.4, p99: 1, max: 4 },
    cpu: { server: 9_000, database: 5_000, generator: 8_000 },
    points,
  };
}
