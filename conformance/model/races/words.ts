import { describeDifferences, describeStep, describeSteps } from '../words.ts';
import type { Misfit } from './round.ts';

/** A misfit as a block of lines. */
export function describeMisfit(misfit: Misfit, words: { title: string; target: string; repeat: string }): string {
  const { round, order, label, differences, answers } = misfit;
  const isBefore = order.length === 0;
  const simultaneous = round.atOnce.map((step, index) => {
    const answer = answers[index] === undefined ? '' : ` → ${answers[index]}`;
    return `  ${String.fromCodePoint(97 + index)}. ${describeStep(step)}${answer}`;
  });
  const nearest = order.map((index) => String.fromCodePoint(97 + index)).join(', ');
  return [
    words.title,
    ...describeSteps(round.before, null),
    ...(isBefore ? [] : ['  at once:', ...simultaneous, `  no order of these fits; nearest is ${nearest}, but`]),
    `  ${label}:`,
    ...describeDifferences(words.target, differences),
    `  verdict: ${words.target} is wrong`,
    `  again: ${words.repeat}`,
    '',
  ].join('\n');
}
