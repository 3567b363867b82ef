import type { Failure } from './records.ts';
import { clip } from './text.ts';

export type Shown = { label: 'expected' | 'actual'; text: string };

const CONTEXT = 40;

/** What was expected and what came, at most `length` code points each, beginning shortly before they part. */
export function valuesOf({ expected, actual }: Failure, length: number): Shown[] {
  if (expected === undefined || actual === undefined) {
    const label = expected === undefined ? 'actual' : 'expected';
    const text = expected ?? actual;
    return text === undefined ? [] : [{ label, text: clip(text, length) }];
  }
  const [left, right] = contrast(expected, actual);
  const start = Math.max(left.length, right.length) > length ? startOfWindow(left, right) : 0;
  const cut = (text: string) => clip(start > 0 ? `…${text.slice(start)}` : text, length);
  return [
    { label: 'expected', text: cut(left) },
    { label: 'actual', text: cut(right) },
  ];
}

function startOfWindow(left: string, right: string): number {
  const start = Math.max(0, commonEnds(left, right).prefix - CONTEXT);
  return isLowSurrogate(left, start) ? start - 1 : start;
}

/** How many UTF-16 units two texts share at their beginnings and, after those, at their ends. */
export function commonEnds(left: string, right: string): { prefix: number; suffix: number } {
  const shortest = Math.min(left.length, right.length);
  let prefix = 0;
  while (prefix < shortest && left[prefix] === right[prefix]) prefix += 1;
  let suffix = 0;
  while (suffix < shortest - prefix && left.at(-1 - suffix) === right.at(-1 - suffix)) suffix += 1;
  const startsInPair = isLowSurrogate(left, prefix) || isLowSurrogate(right, prefix);
  const endsInPair = suffix > 0 && isLowSurrogate(left, left.length - suffix);
  return { prefix: startsInPair ? Math.max(0, prefix - 1) : prefix, suffix: endsInPair ? suffix - 1 : suffix };
}

function isLowSurrogate(text: string, index: number): boolean {
  return /[\udc00-\udfff]/.test(text.charAt(index));
}

/**
 * Two values as a reader can tell them apart: where they look alike (white space, Unicode forms), whatever is not plain
 * ASCII is spelt out and each stands in quotes.
 */
export function contrast(expected: string, actual: string): [string, string] {
  const looks = (text: string) => text.normalize('NFKC').replace(/\s+/gu, ' ').trim();
  if (expected === actual || looks(expected) !== looks(actual)) return [expected, actual];
  return [spelt(expected), spelt(actual)];
}

function spelt(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
