import { bootstrap } from '../statistics/bootstrap.ts';
import type { Bundle } from './bundle.ts';
import { compare } from './comparing.ts';
import type { NotMeasured, StudyRecord } from './records.ts';
import { capacityOf, curvesOf, fanOutOf, frozenOf, servicesOf } from './loads.ts';
import { blocksOf, invalidity, metrics, slicesOf } from './slices.ts';
import type { Comparison, Cost, Interval, MemoryUse, StartTime, Study } from './study.ts';

type OfKind<Kind extends StudyRecord['kind']> = Extract<StudyRecord, { kind: Kind }>;

/** What a bundle's records say: computed from them alone, so the same bundle gives the same study. */
export function analyse(bundle: Bundle): Study {
  const [header] = bundle;
  const records = <Kind extends StudyRecord['kind']>(kind: Kind): OfKind<Kind>[] =>
    bundle.filter((record): record is OfKind<Kind> => record.kind === kind);
  /** Blocks start the subjects in an order of their own; readers meet them in the header's. */
  const inOrder = <Told extends { subject: string }>(told: Told[]): Told[] =>
    header.subjects.flatMap(({ name }) => told.filter(({ subject }) => subject === name));
  const [slices, loads] = [records('slice'), records('load')];
  const { comparisons, spreads } = compare(header, slices);
  const costs = rejectSlowFloor(costsOf(bundle), comparisons);
  return {
    header,
    footer: records('footer')[0] ?? null,
    verdicts: records('verdict'),
    comparisons,
    spreads,
    costs,
    curves: inOrder(curvesOf(loads)),
    services: inOrder(servicesOf(loads)),
    capacity: inOrder(capacityOf(loads, header.seed)),
    starts: inOrder(startsOf(records('start'), header.seed)),
    memory: inOrder(memoryOf(records('memory'), header.seed)),
    statements: inOrder(records('statements')).map((record) => ({
      ...record,
      statements: record.statements / record.requests,
      databaseMs: record.databaseMs / record.requests,
      texts: record.texts.map(({ text, calls }) => ({ text, calls: calls / record.requests })),
    })),
    fanOut: inOrder(fanOutOf(records('fan-out'))),
    timelines: inOrder(records('timeline').filter(({ mismatches }) => mismatches === 0)),
    frozen: inOrder(frozenOf(loads)),
    facts: records('facts'),
    invariants: records('invariant'),
    notMeasured: [
      ...withUnfinished(records('not-measured'), header.profile === 'load' ? [] : header.scenarios, costs),
      ...voidTimelines(records('timeline')),
    ],
  };
}

function costsOf([header, ...records]: Bundle): Cost[] {
  const slices = records.filter((record) => record.kind === 'slice');
  return header.scenarios.flatMap((scenario) =>
    header.subjects.flatMap(({ name: subject }): Cost[] => {
      const own = slicesOf(slices, scenario, subject);
      if (own.length === 0) return [];
      const invalid = invalidity(own);
      if (invalid) return [{ scenario, subject, cell: { invalid } }];
      const interval = (metric: keyof typeof metrics): Interval =>
        bootstrap(
          blocksOf(own, (slice) => Math.log(metrics[metric](slice))),
          header.seed,
        ).interval;
      const cell = {
        serverCpuMs: interval('server-cpu'),
        databaseCpuMs: interval('database-cpu'),
        requestsPerSecond: interval('requests-per-second'),
        p99: interval('p99'),
      };
      return [{ scenario, subject, cell }];
    }),
  );
}

/** A floor that costs more than what stands on it is none: nothing is given as a ratio to it. */
function rejectSlowFloor(costs: Cost[], comparisons: Comparison[]): Cost[] {
  return costs.map((cost) => {
    const cheaper = comparisons.find(
      ({ base, scenario, metric, verdict }) =>
        base === cost.subject && scenario === cost.scenario && metric === 'server-cpu' && verdict === 'faster',
    );
    if (!cheaper || cost.subject !== 'floor') return cost;
    const { estimate, low, high } = cheaper.ratio;
    const ratio = `${estimate.toFixed(2)} of it, ${low.toFixed(2)} to ${high.toFixed(2)}`;
    return { ...cost, cell: { invalid: `rejected as a floor: ${cheaper.subject} costs ${ratio}` } };
  });
}

function startsOf(starts: OfKind<'start'>[], seed: number): StartTime[] {
  return [...Map.groupBy(starts, ({ subject }) => subject)].map(([subject, own]) => ({
    subject,
    readyMs: overBlocks(
      own.map(({ readyMs }) => readyMs),
      seed,
    ),
    cpuMs: overBlocks(
      own.map(({ cpuMs }) => cpuMs),
      seed,
    ),
  }));
}

function memoryOf(memory: OfKind<'memory'>[], seed: number): MemoryUse[] {
  return [...Map.groupBy(memory, ({ subject, moment }) => `${moment} ${subject}`).values()].flatMap((own) =>
    own.slice(0, 1).map(({ subject, moment }) => ({
      subject,
      moment,
      residentBytes: overBlocks(
        own.map(({ residentBytes }) => residentBytes),
        seed,
      ),
    })),
  );
}

/** An answer that differed takes the whole course with it. */
function voidTimelines(timelines: OfKind<'timeline'>[]): NotMeasured[] {
  return timelines.flatMap(({ scenario, subject, mismatches }): NotMeasured[] =>
    mismatches === 0
      ? []
      : [{ kind: 'not-measured', part: `${scenario} of ${subject}`, reason: `${mismatches} answers differed` }],
  );
}

/** Of values taken once a block; the mean of their logarithms, as everywhere. */
function overBlocks(values: number[], seed: number): Interval {
  return bootstrap(
    values.map((value) => [Math.log(value)]),
    seed,
  ).interval;
}

/** A scenario without slices of which nothing was told is one that the run did not come to. */
function withUnfinished(told: NotMeasured[], scenarios: string[], costs: Cost[]): NotMeasured[] {
  const isTold = (part: string): boolean => told.some((one) => one.part === part);
  const missing = scenarios.filter((part) => !costs.some(({ scenario }) => scenario === part) && !isTold(part));
  return [
    ...told,
    ...missing.map((part): NotMeasured => ({ kind: 'not-measured', part, reason: 'the run ended before' })),
  ];
}
