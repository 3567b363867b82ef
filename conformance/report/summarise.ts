import { compareAreas, contractCatalogue, type Catalogue, type CatalogueRule } from './catalogue.ts';
import { findDifferences, type Difference } from './differences.ts';
import { findFindings, type Finding } from './findings.ts';
import { collectMeasurements, timeRules, type Measured, type Timing } from './measured.ts';
import { gravity, worst } from './outcome.ts';
import type {
  CoverageRecord,
  EndRecord,
  KnownRecord,
  Level,
  Measurement,
  Outcome,
  Profile,
  ResultRecord,
  RuleRecord,
  RunRecord,
} from './records.ts';
import type { TargetInfo, TestRecord, VerdictRecord, ViolationRecord } from './records.ts';

/** One rule on one target. `ms` is the time of its tests, waiting included. */
export type Cell = {
  target: string;
  outcome: Outcome;
  reason: string | null;
  ms: number;
  tests: TestRecord[];
  findings: Finding[];
  measurements: Measurement[];
};
/** One rule; `cells` stand in the order of the summary's targets. */
export type Row = CatalogueRule & { id: string; slug: string; cells: Cell[]; outcome: Outcome };
export type Area = { name: string; rows: Row[] };
export type Target = TargetInfo & { verdict: VerdictRecord };

/** What all renderers share. */
export type Summary = {
  run: RunRecord;
  end: EndRecord;
  targets: Target[];
  areas: Area[];
  rows: Row[];
  /** Rules that failed, warned or broke on some target; the gravest first. */
  troubles: Row[];
  differences: Difference[];
  timings: Timing[];
  measured: Measured[];
  /** The file of known failures, entry by entry. */
  known: KnownRecord[];
  /** Of the targets of a whole run, in their order. */
  coverage: CoverageRecord[];
  /** How many rules the contract has; the run may have judged fewer. */
  catalogueSize: number;
};

type Groups = {
  rules: Map<string, RuleRecord>;
  tests: Map<string, TestRecord[]>;
  violations: Map<string, ViolationRecord[]>;
};

/** Turns a whole stream (see parseStream) into the renderers' model. Throws TypeError without a run or end record. */
export function summarise(records: readonly ResultRecord[], catalogue: Catalogue = contractCatalogue): Summary {
  const run = records.find((record) => record.type === 'run');
  const end = records.findLast((record) => record.type === 'end');
  if (!run || !end) throw new TypeError('A report wants a whole stream: a run record first and an end record last.');
  const groups = group(records);
  const rows = run.rules.map((rule) => rowOf(rule, run.targets, groups, catalogue));
  const areas = [...Map.groupBy(rows, ({ area }) => area)].map(([name, areaRows]) => ({ name, rows: areaRows }));
  areas.sort((left, right) => compareAreas(left.name, right.name));
  const ordered = areas.flatMap((area) => area.rows);
  return {
    run,
    end,
    areas,
    rows: ordered,
    targets: run.targets.map((target) => ({ ...target, verdict: verdictOf(target, records) })),
    troubles: ordered.filter((row) => gravity(row.outcome) < gravity('not tested')).sort(byGravity),
    differences: findDifferences(
      ordered,
      run.targets.map(({ meta }) => meta.videoProvider),
    ),
    timings: timeRules(ordered),
    measured: collectMeasurements(ordered),
    known: records.filter((record) => record.type === 'known'),
    coverage: records.filter((record) => record.type === 'coverage'),
    catalogueSize: Math.max(Object.keys(catalogue).length, ordered.length),
  };
}

function group(records: readonly ResultRecord[]): Groups {
  const rules = records.filter((record) => record.type === 'rule').map((record) => [key(record), record] as const);
  return {
    rules: new Map(rules),
    tests: Map.groupBy(
      records.filter((record) => record.type === 'test'),
      key,
    ),
    violations: Map.groupBy(
      records.filter((record) => record.type === 'violation'),
      key,
    ),
  };
}

function key({ target, rule }: { target: string; rule: string }): string {
  return `${rule} ${target}`;
}

function rowOf(
  rule: { id: string; level: Level; profile: Profile },
  targets: readonly TargetInfo[],
  groups: Groups,
  catalogue: Catalogue,
): Row {
  const [area = rule.id, ...rest] = rule.id.split('/');
  const unknown = { area, title: rule.id, sentence: '', operations: [], problems: [], alsoNeeds: [] };
  const cells = targets.map((target) => cellOf(rule.id, target.name, groups));
  const outcome = worst(cells.map((cell) => cell.outcome));
  return { ...unknown, ...catalogue[rule.id], ...rule, slug: rest.join('/') || rule.id, cells, outcome };
}

function cellOf(rule: string, target: string, groups: Groups): Cell {
  const record = groups.rules.get(key({ rule, target }));
  const tests = groups.tests.get(key({ rule, target })) ?? [];
  const findings = findFindings(tests, groups.violations.get(key({ rule, target })) ?? []);
  const reason = record ? (record.reason ?? reasonOfTests(tests)) : 'the run ended before this rule was judged';
  const ofTests = tests.flatMap((test) => test.measurements);
  const measurements = ofTests.length > 0 ? ofTests : (record?.measurements ?? []);
  const outcome = record?.outcome ?? 'not tested';
  return { target, outcome, reason, ms: record?.ms ?? 0, tests, findings, measurements };
}

function reasonOfTests(tests: readonly TestRecord[]): string | null {
  return tests.find((test) => test.outcome === 'not tested')?.reason ?? null;
}

function verdictOf({ name, profiles }: TargetInfo, records: readonly ResultRecord[]): VerdictRecord {
  const found = records.find((record) => record.type === 'verdict' && record.target === name);
  if (found?.type === 'verdict') return found;
  const nothing = { passed: 0, failed: 0, warned: 0, notTested: 0, errors: 0, requests: 0, judged: 0, ms: 0 };
  const reason = 'the run ended before its verdict';
  return { type: 'verdict', target: name, verdict: 'could not judge', profiles, reason, ...nothing };
}

function byGravity(left: Row, right: Row): number {
  return gravity(left.outcome) - gravity(right.outcome);
}
