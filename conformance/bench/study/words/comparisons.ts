import type { Comparison, Metric } from '../study.ts';
import { inverted, percentOff, ratio } from './figures.ts';

type Words = { name: string; short: string; better: 'less' | 'more'; less: string; more: string; many: string };

export const METRICS: Record<Metric, Words> = {
  'server-cpu': {
    name: 'server CPU a request',
    short: 'CPU',
    better: 'less',
    less: 'less',
    more: 'more',
    many: 'as much',
  },
  'all-cpu': {
    name: 'CPU of server and database a request',
    short: 'CPU',
    better: 'less',
    less: 'less',
    more: 'more',
    many: 'as much',
  },
  'requests-per-second': {
    name: 'requests/s',
    short: 'requests/s',
    better: 'more',
    less: 'fewer',
    more: 'more',
    many: 'as many',
  },
  p99: { name: 'p99 latency', short: 'p99', better: 'less', less: 'shorter', more: 'longer', many: 'as long' },
};

/** `18 % less`, `3.10 times as much`, `the same within 3 %`, `not told apart`: one direction, and in words. */
export function verdictShort({ metric, ratio: { estimate }, verdict }: Comparison): string {
  if (verdict === 'equivalent') return 'the same within 3\u00a0%';
  if (verdict === 'inconclusive') return 'not told apart';
  return difference(metric, estimate);
}

function difference(metric: Metric, estimate: number): string {
  const { less, more, many } = METRICS[metric];
  if (estimate >= 2) return `${ratio(estimate)} times ${many}`;
  return `${percentOff(estimate)} ${estimate < 1 ? less : more}`;
}

/** `backend-a spends 18 % less server CPU a request than backend-b`. */
export function comparisonSentence(one: Comparison): string {
  const { metric, verdict } = one;
  const [subject, base] = [inSentence(one.subject), inSentence(one.base)];
  const { name } = METRICS[metric];
  if (verdict === 'equivalent') return `${subject} and ${base} ${pluralVerb(metric)} the same ${name}, within 3\u00a0%`;
  if (verdict === 'inconclusive') return `${subject} and ${base} were not told apart by ${name}`;
  return called(one);
}

function called(one: Comparison): string {
  const {
    metric,
    ratio: { estimate },
  } = one;
  const [subject, base] = [inSentence(one.subject), inSentence(one.base)];
  const { name, less, more, many } = METRICS[metric];
  const word = estimate < 1 ? less : more;
  const size = estimate >= 2 ? `${ratio(estimate)} times ${many}` : `${percentOff(estimate)} ${word}`;
  const than = estimate >= 2 ? 'as' : 'than';
  if (metric === 'p99') return `the ${name} of ${subject} is ${size} ${than} that of ${base}`;
  const verb = metric === 'requests-per-second' ? 'answers' : 'spends';
  return `${subject} ${verb} ${size} ${name} ${than} ${base}`;
}

function pluralVerb(metric: Metric): string {
  if (metric === 'p99') return 'have';
  return metric === 'requests-per-second' ? 'answer' : 'spend';
}

/** `the floor`, `backend-a`. */
export function inSentence(name: string): string {
  return name.startsWith('floor') ? `the ${name}` : name;
}

/** Who does better, told from their side; null where nobody is said to. */
export function wonBy(one: Comparison): Comparison | null {
  if (one.verdict === 'faster') return one;
  return one.verdict === 'slower' ? turned(one) : null;
}

/** The same comparison from the other side. */
export function turned(one: Comparison): Comparison {
  const verdict = one.verdict === 'faster' ? 'slower' : one.verdict === 'slower' ? 'faster' : one.verdict;
  return { ...one, subject: one.base, base: one.subject, ratio: inverted(one.ratio), verdict };
}
