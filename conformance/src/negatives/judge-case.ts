import type { Answer } from '../driver/answer.ts';
import type { Case, Refusal } from './cases.ts';
import type { Place } from './request-schema.ts';

const LONGEST_VALUE = 60;
const STATUSES: Readonly<Record<Refusal['code'], number>> = {
  'validation-failed': 400,
  'malformed-body': 400,
  'payload-too-large': 413,
  'unsupported-media-type': 415,
};

/**
 * What an answer to a case has against it, in one line; undefined when it is as expected.
 * @param answers the statuses of a request that is not refused for its shape
 */
export function complaintOf(one: Case, answer: Answer, answers: readonly number[]): string | undefined {
  const found = one.expected === 'accepted' ? ofAccepted(one, answer, answers) : ofRefused(one.expected, answer);
  return found && `${wordsOf(one)}: ${found}`;
}

/** The case in words: what was sent, and why. */
export function wordsOf({ operationId, at, keyword, side, change }: Case): string {
  const place = `${at.in} ${at.pointer || '(the whole)'}`;
  const value = 'to' in change ? ` ${shortened(change.to)}` : '';
  return `${operationId}, ${place}, ${keyword}, ${side}${value}`;
}

/** The distinct places that a problem names, as `in pointer`, sorted. */
export function placesNamed(answer: Answer): string[] {
  return [...new Set((answer.problem?.errors ?? []).map(nameOf))].sort();
}

export const nameOf = ({ in: part, pointer }: Place): string => `${part} ${pointer}`;

function ofAccepted({ change }: Case, answer: Answer, answers: readonly number[]): string | undefined {
  const isElsewhere = change.in === 'path' && answer.status === 404;
  if (isElsewhere || answers.includes(answer.status)) return undefined;
  return `expected ${answers.join(' or ')}, since nothing is wrong with its shape, but it is ${shown(answer)}`;
}

function ofRefused(expected: Refusal, answer: Answer): string | undefined {
  const status = STATUSES[expected.code];
  if (answer.status !== status || answer.problem?.code !== expected.code)
    return `expected ${status} ${expected.code}, but it is ${shown(answer)}`;
  if (expected.code !== 'validation-failed') return undefined;
  const places = placesNamed(answer);
  const wanted = nameOf(expected.place);
  if (places.join() !== wanted) return `expected the place ${wanted} alone, but errors names ${places.join(', ')}`;
  if (!expected.rule || answer.problem.errors.some(({ rule }) => rule === expected.rule)) return undefined;
  return `expected the rule ${expected.rule}, but it is ${answer.problem.errors.map(({ rule }) => rule).join(', ')}`;
}

function shown(answer: Answer): string {
  const places = placesNamed(answer);
  return `${answer.status} ${answer.problem?.code ?? ''} ${places.join(', ')}`.trim();
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > LONGEST_VALUE
    ? `${text.slice(0, LONGEST_VALUE).replace(/[\ud800-\udbff]$/, '')}… (${text.length} characters)`
    : text;
}
