import { listed } from '../../../report/text.ts';
import type { ProductName, ScenarioName, Series, Subject, Verdict } from '../records.ts';
import type { Interval, Metric, Study } from '../study.ts';

export const MADE_OF: Record<ProductName, string> = {
  floor: 'node:http · pg',
  'backend-a': 'Express · TypeORM',
  'backend-b': 'Fastify · Prisma',
};

const RULES_NAMED = 4;

export function subjectOf({ header }: Study, name: string): Subject | undefined {
  return header.subjects.find((subject) => subject.name === name);
}

/** Why nothing of a subject may be printed as a number; null for one that keeps the contract. */
export function refusal(study: Study, name: string): string | null {
  const subject = subjectOf(study, name);
  if (!subject) return 'not among the subjects of this study';
  const verdict = verdictOn(study, subject);
  if (!verdict) return 'not judged: the suite did not run on it';
  return verdict.outcome === 'conformant' ? null : verdictWords(verdict);
}

export function verdictOn(
  { verdicts }: Study,
  { product, series, node }: Pick<Subject, 'product' | 'series' | 'node'>,
): Verdict | undefined {
  return verdicts.find((one) => one.product === product && one.series === series && one.node === node);
}

/** `not conformant: breaks appointments/no-overlap and calls/join`. */
export function verdictWords({ outcome, failed }: Verdict): string {
  const rest = failed.length - RULES_NAMED;
  const named = rest > 0 ? [...failed.slice(0, RULES_NAMED), `${rest} more`] : failed;
  if (outcome === 'not judged') return `not judged: ${failed.join('; ') || 'no reason given'}`;
  if (outcome === 'not conformant') return `not conformant: breaks ${listed(named) || 'a rule that was not named'}`;
  return 'conformant';
}

/** The subject that a verdict is on: as shipped and on the study's own Node it has the product's name. */
export function judgedSubject({ header }: Study, { product, series, node }: Verdict): Subject | undefined {
  return header.subjects.find(
    (one) => one.role !== 'control' && one.product === product && one.series === series && one.node === node,
  );
}

/** What a product is judged and shipped as. */
export function shippedSeries(product: ProductName): Series | null {
  return product === 'floor' ? null : 'statements';
}

/** As shipped and on the study's own Node: what a product is compared as. */
export function isShipped(study: Study, name: string): boolean {
  const subject = subjectOf(study, name);
  return subject?.role === 'measured' && subject.series === shippedSeries(subject.product) && isOnNode(study, subject);
}

/** On the same Node as the floor. */
export function isOnNode({ header }: Study, subject: Subject): boolean {
  const floor = header.subjects.find(({ role }) => role === 'floor');
  return !floor || floor.node === subject.node;
}

/** `v24.21.0` → `24`. */
export function majorOf(node: string): string {
  return /\d+/u.exec(node)?.[0] ?? node;
}

/** What the floor differs from itself; null where it was not measured twice. */
export function chanceOf({ spreads }: Study, scenario: ScenarioName, metric: Metric): Interval | null {
  return spreads.find((one) => one.scenario === scenario && one.metric === metric)?.ratio ?? null;
}

/** What a name stands for, for the legend. */
export function meaning(study: Study, subject: Subject): string {
  if (subject.role === 'floor') return `${MADE_OF.floor}, by hand: the unit`;
  if (subject.role === 'control') return 'the same a second time: what differs by chance';
  if (!isOnNode(study, subject)) return `as shipped, on Node ${subject.node.replace(/^v/u, '')}`;
  if (subject.series === 'orm') return 'through the ORM alone';
  return `${MADE_OF[subject.product]}, as shipped`;
}
