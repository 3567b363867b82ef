import { EQUIVALENCE, spreadOf } from '../statistics/verdict.ts';
import type { ProductName, ScenarioName } from './records.ts';
import type { Cell, Comparison, Interval, Invalid, Metric, Study } from './study.ts';
import { METRICS } from './words/comparisons.ts';
import { chanceOf, refusal, shippedSeries } from './words/subjects.ts';

declare const admitted: unique symbol;
/** A study in which only what may be printed is left. Whatever is rendered, is rendered from this. */
export type Admitted = Study & { readonly [admitted]: true };

/** Takes away every number of a subject that does not keep the contract, and every call that is smaller than chance. */
export function admit(study: Study): Admitted {
  const isShown = ({ subject }: { subject: string }) => refusal(study, subject) === null;
  const floor = study.header.subjects.find(({ role }) => role === 'floor');
  const spreads = floor && refusal(study, floor.name) === null ? study.spreads : [];
  const cut: Study = {
    ...study,
    comparisons: study.comparisons
      .filter((one) => whyNoRatio(study, one.scenario, one.subject, one.base) === null)
      .map((one) => cautious({ ...study, spreads }, one)),
    spreads,
    costs: study.costs.filter(isShown),
    curves: study.curves.filter(isShown),
    services: study.services.filter(isShown),
    capacity: study.capacity.filter(isShown),
    starts: study.starts.filter(isShown),
    memory: study.memory.filter(isShown),
    statements: study.statements.filter(isShown),
    fanOut: study.fanOut.filter(isShown),
    timelines: study.timelines.filter(isShown),
    frozen: study.frozen.filter(isShown),
    facts: study.facts.filter(({ product }) => whyNoFacts(study, product) === null),
    invariants: study.invariants.filter(isShown),
  };
  return cut as Admitted;
}

export function isInvalid<Numbers extends object>(cell: Cell<Numbers>): cell is Invalid {
  return 'invalid' in cell;
}

/** Why a subject has no number in a scenario; null when it may have one. */
export function whyNoNumber(study: Study, scenario: ScenarioName, subject: string): string | null {
  const refused = refusal(study, subject);
  if (refused) return refused;
  const cost = study.costs.find((one) => one.scenario === scenario && one.subject === subject);
  if (cost && isInvalid(cost.cell)) return `invalid: ${cost.cell.invalid}`;
  const broken = study.invariants.find(
    (one) => one.scenario === scenario && one.subject === subject && one.found !== one.expected,
  );
  return broken ? `invalid: ${broken.sentence} does not hold` : null;
}

/** Why two subjects are not compared in a scenario; null when they may be. */
export function whyNoRatio(study: Study, scenario: ScenarioName, subject: string, base: string): string | null {
  const ofSubject = whyNoNumber(study, scenario, subject);
  if (ofSubject) return ofSubject;
  const ofBase = whyNoNumber(study, scenario, base);
  return ofBase ? `${base} is ${ofBase}` : null;
}

/** Why a product's size and times are not told; null when they may be. */
export function whyNoFacts(study: Study, product: ProductName): string | null {
  const name = study.header.subjects.find(
    (subject) => subject.product === product && subject.series === shippedSeries(product),
  )?.name;
  return refusal(study, name ?? product);
}

function cautious(study: Study, one: Comparison): Comparison {
  const doubt = one.verdict === 'inconclusive' ? (one.reason ?? whyOpen(study, one)) : doubtOn(study, one);
  return doubt === null ? one : { ...one, verdict: 'inconclusive', reason: doubt };
}

/** Why a call does not stand, whatever computed it. */
function doubtOn(study: Study, { scenario, metric, ratio, verdict }: Comparison): string | null {
  if (verdict === 'equivalent') {
    const isSame = ratio.low >= 1 - EQUIVALENCE && ratio.high <= 1 + EQUIVALENCE;
    return isSame ? null : 'the interval reaches beyond 3\u00a0%';
  }
  const isLess = (METRICS[metric].better === 'less') === (verdict === 'faster');
  if (isLess ? ratio.high >= 1 : ratio.low <= 1) return 'the interval reaches to the other side of 1';
  return whyChance(study, scenario, metric, ratio);
}

function whyOpen(study: Study, { scenario, metric, ratio, adjustedP }: Comparison): string {
  return whyChance(study, scenario, metric, ratio) ?? `adjusted p is ${adjustedP.toFixed(3)}`;
}

function whyChance(study: Study, scenario: ScenarioName, metric: Metric, ratio: Interval): string | null {
  const chance = chanceOf(study, scenario, metric);
  if (!chance) return 'the floor was not measured against itself';
  return Math.abs(Math.log(ratio.estimate)) > spreadOf(chance) ? null : 'no more than the floor differs from itself';
}
