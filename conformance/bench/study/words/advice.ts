import type { Admitted } from '../admit.ts';
import type { Comparison, Interval, Metric, Study } from '../study.ts';
import { inSentence, METRICS, verdictShort, wonBy } from './comparisons.ts';
import { comparisonsOf, type Pair } from './pairs.ts';
import { scenarioName, scenariosListed } from './scenarios.ts';
import { isShipped, majorOf, subjectOf } from './subjects.ts';

/** A choice, the case in which it follows, and the numbers that it follows from. */
export type Advice = { choice: string; when: string; evidence: Proof[] };
/** What was found where, and the ratio with its interval. */
export type Proof = { where: string; words: string; ratio: Interval };

/** What follows for whom. Each comes from verdicts that fell, and names its numbers; without verdicts nothing follows. */
export function advise(study: Admitted): Advice[] {
  return [
    ...won(study, 'backends', 'server-cpu'),
    ...won(study, 'backends', 'p99'),
    ...alike(study),
    ...undecided(study),
    ...won(study, 'series', 'server-cpu'),
    ...won(study, 'node', 'server-cpu'),
    ...won(study, 'floor', 'server-cpu'),
  ];
}

function won(study: Study, pair: Pair, metric: Metric): Advice[] {
  const all = comparisonsOf(study, pair, metric).filter((one) => pair !== 'floor' || isShipped(study, one.subject));
  const wins = all.flatMap((one) => wonBy(one) ?? []);
  const groups = Map.groupBy(wins, ({ subject, base }) => `${subject}\n${base}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    return [{ choice: `Choose ${chosen(study, pair, first)}`, when: whenIt(metric, group), evidence: proofs(group) }];
  });
}

function chosen(study: Study, pair: Pair, { subject, base }: Comparison): string {
  const winner = subjectOf(study, subject);
  if (pair === 'node')
    return `Node ${majorOf(winner?.node ?? '')} over Node ${majorOf(subjectOf(study, base)?.node ?? '')} for ${winner?.product ?? subject}`;
  if (pair === 'series') {
    return winner?.series === 'orm'
      ? `the ORM alone in ${winner.product}`
      : `the named statements of ${winner?.product ?? subject} over its ORM`;
  }
  if (pair === 'floor')
    return winner?.role === 'floor' ? `hand-written code over ${base}` : `${subject} over hand-written code`;
  return subject;
}

function whenIt(metric: Metric, group: readonly Comparison[]): string {
  const matters = metric === 'p99' ? 'the slowest answers matter' : 'CPU time is what you pay for';
  return `when ${matters}, on ${scenariosListed(group.map(({ scenario }) => scenario))}`;
}

function proofs(group: readonly Comparison[]): Proof[] {
  return group.map((one) => {
    const won = one.verdict === 'faster' ? ` ${METRICS[one.metric].short} than ${inSentence(one.base)}` : '';
    const reason = one.verdict === 'inconclusive' && one.reason ? `, ${one.reason}` : '';
    return { where: scenarioName(one.scenario), words: `${verdictShort(one)}${won}${reason}`, ratio: one.ratio };
  });
}

function alike(study: Study): Advice[] {
  const same = comparisonsOf(study, 'backends', 'server-cpu').filter(({ verdict }) => verdict === 'equivalent');
  if (same.length === 0) return [];
  const where = scenariosListed(same.map(({ scenario }) => scenario));
  return [{ choice: 'Choose either backend', when: `when only CPU time counts, on ${where}`, evidence: proofs(same) }];
}

function undecided(study: Study): Advice[] {
  const open = comparisonsOf(study, 'backends', 'server-cpu').filter(({ verdict }) => verdict === 'inconclusive');
  if (open.length === 0) return [];
  const where = scenariosListed(open.map(({ scenario }) => scenario));
  return [
    {
      choice: 'Choose by something else than CPU time',
      when: `when you decide for ${where}`,
      evidence: proofs(open),
    },
  ];
}
