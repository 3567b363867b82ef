import type { Header, ScenarioName, Subject, Verdict } from '../records.ts';
import type { Comparison, Cost, Metric, Spread, Study } from '../study.ts';
import { fixtureFacts } from './fixture-facts.ts';
import { fixtureInterval, fixtureMultiple, SCENARIOS } from './fixture-numbers.ts';
import { fixtureParts } from './fixture-parts.ts';

// Every number here is invented, by a rule plain enough to see it: no measurement is among them.

const FLOOR_MS: Record<ScenarioName, number> = {
  'point-read': 0.2,
  list: 0.5,
  booking: 0.8,
  message: 0.4,
  login: 10,
  'mixed-day': 1,
};
export function fixtureSubjects(): Subject[] {
  const node = 'v24.0.0';
  const backends = (['backend-a', 'backend-b'] as const).flatMap((product): Subject[] => [
    { name: product, product, role: 'measured', series: 'statements', node },
    { name: `${product} orm`, product, role: 'measured', series: 'orm', node },
    { name: `${product} node20`, product, role: 'measured', series: 'statements', node: 'v20.0.0' },
  ]);
  return [
    { name: 'floor', product: 'floor', role: 'floor', series: null, node },
    { name: 'floor again', product: 'floor', role: 'control', series: null, node },
    ...backends,
  ];
}

/** A full study: every part is there; backend-b through the ORM breaks a rule, and two cells are invalid. */
export function fullStudy(): Study {
  return {
    header: header('full', fixtureSubjects(), SCENARIOS),
    footer: { kind: 'footer', records: 4321, endedAt: '2001-02-03T06:07:08.000Z' },
    verdicts: verdicts(),
    comparisons: fixtureComparisons(fixtureSubjects(), SCENARIOS),
    spreads: fixtureSpreads(SCENARIOS),
    costs: fixtureCosts(fixtureSubjects(), SCENARIOS),
    ...fixtureParts(),
    facts: fixtureFacts(),
    notMeasured: [
      { kind: 'not-measured', part: 'events sent through the balancer', reason: 'no balancer was started' },
    ],
  };
}

/** A quick study: three scenarios, the backends as shipped, and nothing but the closed slices. */
export function quickStudy(): Study {
  const scenarios: ScenarioName[] = ['point-read', 'booking', 'mixed-day'];
  const subjects = fixtureSubjects().filter(({ series, node }) => series !== 'orm' && node === 'v24.0.0');
  const parts = fixtureParts();
  const isIn = ({ subject }: { subject: string }) => subjects.some(({ name }) => name === subject);
  return {
    ...fullStudy(),
    curves: [],
    capacity: [],
    statements: [],
    fanOut: [],
    timelines: [],
    frozen: [],
    facts: [],
    notMeasured: [],
    header: header('quick', subjects, scenarios),
    footer: { kind: 'footer', records: 123, endedAt: '2001-02-03T04:07:08.000Z' },
    verdicts: verdicts().filter(({ series, node }) => series !== 'orm' && node === 'v24.0.0'),
    comparisons: fixtureComparisons(subjects, scenarios),
    spreads: fixtureSpreads(scenarios),
    costs: fixtureCosts(subjects, scenarios),
    starts: parts.starts.filter(isIn),
    memory: parts.memory.filter(isIn),
    invariants: parts.invariants.filter((one) => isIn(one) && scenarios.includes(one.scenario)),
  };
}

function header(profile: Header['profile'], subjects: Subject[], scenarios: ScenarioName[]): Header {
  return {
    kind: 'header',
    format: 1,
    profile,
    seed: 42,
    startedAt: '2001-02-03T04:05:06.000Z',
    commit: '0123456789abcdef0123456789abcdef01234567',
    isClean: true,
    machine: {
      processor: 'Invented Processor 1000',
      cores: 2,
      memoryBytes: 8 * 1024 ** 3,
      kernel: 'Kernel 1.2.3',
      system: 'Invented System 12',
    },
    versions: {
      node: '24.0.0',
      postgres: '18.0',
      k6: '2.0.0',
      express: '5.0.0',
      typeorm: '1.0.0',
      fastify: '5.0.0',
      prisma: '7.0.0',
    },
    subjects,
    scenarios,
    design: {
      blocks: profile === 'full' ? 5 : 2,
      repetitions: profile === 'full' ? 6 : 2,
      burstMs: 50,
      rounds: 10,
      connections: 16,
    },
  };
}

function verdicts(): Verdict[] {
  const conformant = {
    kind: 'verdict',
    node: 'v24.0.0',
    outcome: 'conformant',
    failed: [] as string[],
    rules: 80,
  } as const;
  return [
    { ...conformant, product: 'floor', series: null, rules: 50 },
    { ...conformant, product: 'backend-a', series: 'statements' },
    { ...conformant, product: 'backend-a', series: 'orm' },
    { ...conformant, product: 'backend-a', series: 'statements', node: 'v20.0.0' },
    { ...conformant, product: 'backend-b', series: 'statements', node: 'v20.0.0' },
    { ...conformant, product: 'backend-b', series: 'statements' },
    {
      ...conformant,
      product: 'backend-b',
      series: 'orm',
      outcome: 'not conformant',
      failed: ['appointments/no-overlap', 'events/order'],
    },
  ];
}

function fixtureComparisons(subjects: Subject[], scenarios: ScenarioName[]): Comparison[] {
  const names = new Set(subjects.map(({ name }) => name));
  const measured = subjects.filter(({ role }) => role === 'measured').map(({ name }) => name);
  const pairs = [
    ...measured.map((name) => [name, 'floor']),
    ['backend-a', 'backend-b'],
    ...['backend-a', 'backend-b'].flatMap((name) => [
      [`${name} orm`, name],
      [`${name} node20`, name],
    ]),
  ].filter((pair) => pair.every((name) => names.has(name)));
  const metrics: Metric[] = ['server-cpu', 'all-cpu', 'requests-per-second', 'p99'];
  return metrics.flatMap((metric) =>
    scenarios.flatMap((scenario) =>
      pairs.map(([subject = '', base = '']) => compared(scenario, metric, subject, base)),
    ),
  );
}

function compared(scenario: ScenarioName, metric: Metric, subject: string, base: string): Comparison {
  const own = fixtureMultiple(subject, scenario) / fixtureMultiple(base, scenario);
  const estimate = {
    'server-cpu': own,
    'all-cpu': 1 + (own - 1) * 0.6,
    'requests-per-second': own ** -0.8,
    p99: own ** 0.9,
  }[metric];
  const width = metric === 'p99' ? 0.08 : Math.abs(own - 1) < 0.02 ? 0.012 : 0.035;
  const ratio = fixtureInterval(estimate, width);
  const isSame = ratio.low >= 0.97 && ratio.high <= 1.03;
  const isOpen = ratio.low <= 1 && ratio.high >= 1;
  const isBetter = estimate < 1 === (metric !== 'requests-per-second');
  const verdict = isSame ? 'equivalent' : isOpen ? 'inconclusive' : isBetter ? 'faster' : 'slower';
  const reason = verdict === 'inconclusive' ? { reason: 'the interval holds 1' } : {};
  return { scenario, metric, subject, base, ratio, adjustedP: isOpen ? 0.4 : 0.0004, verdict, ...reason };
}

function fixtureSpreads(scenarios: ScenarioName[]): Spread[] {
  const metrics: Metric[] = ['server-cpu', 'all-cpu', 'requests-per-second', 'p99'];
  return metrics.flatMap((metric) =>
    scenarios.map((scenario) => ({ scenario, metric, ratio: fixtureInterval(1.002, metric === 'p99' ? 0.05 : 0.015) })),
  );
}

function fixtureCosts(subjects: Subject[], scenarios: ScenarioName[]): Cost[] {
  return scenarios.flatMap((scenario) =>
    subjects.map(({ name }): Cost => {
      const ms = FLOOR_MS[scenario] * fixtureMultiple(name, scenario);
      if (scenario === 'message' && name === 'backend-a orm') {
        return { scenario, subject: name, cell: { invalid: '3 of 1,000 compared answers differed' } };
      }
      const cell = {
        serverCpuMs: fixtureInterval(ms, 0.03),
        databaseCpuMs: fixtureInterval(FLOOR_MS[scenario] * 0.4, 0.03),
        requestsPerSecond: fixtureInterval(1000 / ms, 0.03),
        p99: fixtureInterval(16 * ms, 0.08),
      };
      return { scenario, subject: name, cell };
    }),
  );
}
