import { bootstrap, type Block, type Bootstrap } from '../statistics/bootstrap.ts';
import { holm } from '../statistics/holm.ts';
import { verdictOf } from '../statistics/verdict.ts';
import type { Header, ScenarioName, Slice, Subject } from './records.ts';
import { invalidity, metrics, slicesOf } from './slices.ts';
import type { Comparison, Metric, Spread } from './study.ts';

const compared = ['server-cpu', 'all-cpu', 'requests-per-second'] as const satisfies Metric[];

/** What differs from one start of a process to the next is unknown with fewer. */
const LEAST_BLOCKS = 3;
const tooFew = { verdict: 'inconclusive', reason: 'fewer than three process starts' } as const;

type Pair = { scenario: ScenarioName; metric: (typeof compared)[number]; subject: string; base: string };
type Measured = Pair & Bootstrap;

/**
 * Every measured subject against the floor, and those that differ in one thing alone against each other; the p-values of
 * one metric are corrected together. The floor's value is the geometric mean of its two series of slices.
 */
export function compare(header: Header, slices: Slice[]): { comparisons: Comparison[]; spreads: Spread[] } {
  const measured = compared.flatMap((metric) =>
    header.scenarios.flatMap((scenario) =>
      pairsOf(header.subjects).flatMap(([subject, base]) =>
        measurePair({ scenario, metric, subject, base }, header, slices),
      ),
    ),
  );
  const control = nameOf(header.subjects, 'control');
  const spreads = measured
    .filter(({ subject }) => subject === control)
    .map(({ scenario, metric, interval }) => ({ scenario, metric, ratio: interval }));
  const comparisons = compared.flatMap((metric) => {
    const own = measured.filter((one) => one.metric === metric && one.subject !== control);
    const adjusted = holm(own.map(({ p }) => p));
    return own
      .map((one, index) => comparisonOf(one, adjusted[index] ?? 1, spreads))
      .map((one) => (header.design.blocks < LEAST_BLOCKS ? { ...one, ...tooFew } : one));
  });
  return { comparisons, spreads };
}

/** The control against the floor, each measured one against the floor, then those that have all but one thing in common. */
function pairsOf(subjects: Subject[]): [string, string][] {
  const floor = nameOf(subjects, 'floor');
  const measured = subjects.filter(({ role }) => role === 'measured');
  const direct = measured.flatMap((base, index) =>
    measured
      .slice(index + 1)
      .flatMap((other): [string, string][] => (differOnce(base, other) ? [[other.name, base.name]] : [])),
  );
  const toFloor = subjects.filter(({ role }) => role !== 'floor').map(({ name }): [string, string] => [name, floor]);
  return [...toFloor, ...direct];
}

function differOnce(one: Subject, other: Subject): boolean {
  const differences = (['product', 'series', 'node'] as const).filter((key) => one[key] !== other[key]);
  return differences.length <= 1;
}

function nameOf(subjects: Subject[], role: Subject['role']): string {
  return subjects.find((subject) => subject.role === role)?.name ?? '';
}

function measurePair(pair: Pair, { subjects, seed }: Header, slices: Slice[]): Measured[] {
  const [own, base] = [pair.subject, pair.base].map((name) => slicesOf(slices, pair.scenario, name));
  if (!own?.length || !base?.length || invalidity(own) || invalidity(base)) return [];
  const isToFloor = pair.base === nameOf(subjects, 'floor') && pair.subject !== nameOf(subjects, 'control');
  const again = isToFloor ? slicesOf(slices, pair.scenario, nameOf(subjects, 'control')) : [];
  const blocks = pairedRatios(own, base, again, metrics[pair.metric]);
  return blocks.length === 0 ? [] : [{ ...pair, ...bootstrap(blocks, seed) }];
}

/** Log ratios within a slice: its bursts were taken milliseconds apart. */
function pairedRatios(own: Slice[], base: Slice[], again: Slice[], value: (slice: Slice) => number): Block[] {
  const at = ({ block, repetition }: Slice): string => `${block} ${repetition}`;
  const [baseAt, againAt] = [base, again].map(
    (slices) => new Map(slices.map((slice) => [at(slice), Math.log(value(slice))])),
  );
  return [...Map.groupBy(own, ({ block }) => block).values()]
    .map((block) =>
      block.flatMap((slice) => {
        const first = baseAt?.get(at(slice));
        if (first === undefined) return [];
        const second = againAt?.get(at(slice)) ?? first;
        return [Math.log(value(slice)) - (first + second) / 2];
      }),
    )
    .filter((block) => block.length > 0);
}

function comparisonOf(measured: Measured, adjustedP: number, spreads: Spread[]): Comparison {
  const { scenario, metric, subject, base, interval } = measured;
  const control = spreads.find((spread) => spread.scenario === scenario && spread.metric === metric)?.ratio;
  const known = { scenario, metric, subject, base, ratio: interval, adjustedP };
  if (!control) return { ...known, verdict: 'inconclusive', reason: 'the floor was not measured against itself' };
  const better = metric === 'requests-per-second' ? 'more' : 'less';
  return { ...known, verdict: verdictOf({ ratio: interval, adjustedP, control, better }) };
}
