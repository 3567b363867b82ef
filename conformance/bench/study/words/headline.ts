import { isInvalid, type Admitted } from '../admit.ts';
import { listed } from '../../../report/text.ts';
import type { Comparison } from '../study.ts';
import { comparisonSentence, wonBy } from './comparisons.ts';
import { milliseconds, significant, told } from './figures.ts';
import { comparisonsOf } from './pairs.ts';
import { onScenario } from './scenarios.ts';
import { isShipped, refusal } from './subjects.ts';

export type Headline = { sentence: string; interval: string | null };

/** The study in one sentence that can be quoted, and the interval that belongs to it. */
export function headline(study: Admitted): Headline {
  if (study.header.profile === 'load') return { sentence: loadSentence(study), interval: null };
  const found = leading(comparisonsOf(study, 'backends', 'server-cpu'));
  if (found) {
    const one = wonBy(found) ?? found;
    return { sentence: capital(aboutScenario(one)), interval: intervalOf(one) };
  }
  const refused = shippedNames(study).filter((name) => refusal(study, name) !== null);
  const remaining = leading(
    comparisonsOf(study, 'floor', 'server-cpu').filter(({ subject }) => isShipped(study, subject)),
  );
  const parts = [
    refused.length > 0
      ? `${listed(refused)} ${refused.length > 1 ? 'do' : 'does'} not keep the contract and ${refused.length > 1 ? 'are' : 'is'} not compared`
      : '',
    remaining ? aboutScenario(remaining) : '',
  ].filter(Boolean);
  return {
    sentence: parts.length > 0 ? capital(parts.join('; ')) : 'Nothing could be compared',
    interval: remaining ? intervalOf(remaining) : null,
  };
}

function loadSentence(study: Admitted): string {
  const [load] = study.services;
  if (!load)
    return shippedNames(study)
      .map((name) => `${name} is ${refusal(study, name)}`)
      .join('; ');
  const { scenario, subject, ratePerSecond, cell } = load;
  const about = `${capital(onScenario(scenario))}, ${significant(ratePerSecond)} requests a second on ${subject}`;
  return isInvalid(cell) ? `${about}: invalid, ${cell.invalid}` : `${about}: p99 ${milliseconds(cell.p99)}`;
}

/** The mixed day where there is one, else the first scenario of which something can be said. */
export function leading(comparisons: readonly Comparison[]): Comparison | undefined {
  return (
    comparisons.find(({ scenario }) => scenario === 'mixed-day') ??
    comparisons.find(({ verdict }) => verdict !== 'inconclusive') ??
    comparisons[0]
  );
}

export function shippedNames(study: Admitted): string[] {
  return study.header.subjects.map(({ name }) => name).filter((name) => isShipped(study, name));
}

export function capital(text: string): string {
  // The names of products keep their small letter.
  return text.startsWith('backend') ? text : (text[0] ?? '').toUpperCase() + text.slice(1);
}

function aboutScenario(one: Comparison): string {
  return `${onScenario(one.scenario)}, ${comparisonSentence(one)}`;
}

function intervalOf(one: Comparison): string {
  const reason = one.verdict === 'inconclusive' && one.reason ? `; ${one.reason}` : '';
  return `${told(one.ratio)}${reason}`;
}
