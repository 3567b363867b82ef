import type { Comparison, Metric, Study } from '../study.ts';
import { turned } from './comparisons.ts';
import { isOnNode, isShipped, subjectOf } from './subjects.ts';

/** Who is compared with whom: a backend with the floor, with the other, with itself through the ORM, or on another Node. */
export type Pair = 'floor' | 'backends' | 'series' | 'node';

/** The comparisons of one kind in the order of the scenarios; a pair that stands there both ways, once. */
export function comparisonsOf(study: Study, pair: Pair, metric: Metric): Comparison[] {
  const found = study.comparisons.filter((one) => one.metric === metric && pairOf(study, one) === pair);
  const seen = new Set<string>();
  const once = found.filter((one) => {
    const key = [one.scenario, ...[one.subject, one.base].toSorted()].join('\n');
    return seen.has(key) ? false : seen.add(key);
  });
  const sided = pair === 'backends' ? once.map((one) => inOrder(study, one)) : once;
  return study.header.scenarios.flatMap((scenario) => sided.filter((one) => one.scenario === scenario));
}

/** The earlier of two backends is told beside the later, whichever way they were compared. */
function inOrder({ header }: Study, one: Comparison): Comparison {
  const place = (name: string) => header.subjects.findIndex((subject) => subject.name === name);
  return place(one.subject) < place(one.base) ? one : turned(one);
}

function pairOf(study: Study, one: Comparison): Pair | null {
  const subject = subjectOf(study, one.subject);
  const base = subjectOf(study, one.base);
  if (subject?.role !== 'measured' || !base || base.role === 'control') return null;
  if (base.role === 'floor') return isOnNode(study, subject) ? 'floor' : null;
  if (subject.product !== base.product) {
    return isShipped(study, subject.name) && isShipped(study, base.name) ? 'backends' : null;
  }
  if (subject.node !== base.node) return subject.series === base.series ? 'node' : null;
  return subject.series === base.series ? null : 'series';
}
