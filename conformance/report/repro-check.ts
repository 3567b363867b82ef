import type { Failure, Step, TestRecord } from './records.ts';

/** How a script sees whether a rule is kept: a shell command, and what it prints then. `step` counts from 0. */
export type Check = { step: number; what: string; command: string; allowed: string[] };

type Seen = Omit<Check, 'step'>;

const PROBLEM_MEMBERS = ['code', 'type', 'title', 'status'];

/** Of a failed test, when what it had looked at was the status or the problem of an answer. */
export function checkOfTest({ failures, steps = [] }: TestRecord): Check | null {
  const [first] = failures;
  const [expected, actual] = [first?.expected ?? '', first?.actual ?? ''];
  const status = Number(/^([1-5]\d\d)(?: |$)/u.exec(actual)?.[1]);
  const step = judged(steps, status);
  if (step === null) return null;
  if (/^[1-5]\d\d$/u.test(expected) && actual === String(status)) return { step, ...statusIs([expected]) };
  if (!/^[1-5]\d\d [a-z-]+ application\/problem\+json$/u.test(expected)) return null;
  return { step, what: 'the problem', command: 'problem', allowed: [expected] };
}

/** The last one, if it was answered so; else the only one that was. */
function judged(steps: readonly Step[], status: number): number | null {
  if (steps.at(-1)?.status === status) return steps.length - 1;
  const found = steps.flatMap((step, index) => (step.status === status ? [index] : []));
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Of something wrong in an answer, when it can be seen without the contract's schemas. */
export function checkOfAnswer(rule: string, failure: Failure): Seen | null {
  const { key, expected = '', actual = '' } = failure;
  if (key.startsWith('schema:')) return checkOfSchema(key);
  if (rule === 'http/problem' && PROBLEM_MEMBERS.includes(key)) return memberIs(key, expected);
  if (key === 'status' || key === 'HTTP status') return statusIs(expected.split(', '));
  if (key === 'media-type') return { what: 'the media type', command: 'media', allowed: expected.split(', ') };
  if (rule === 'http/no-store') return headerIs('cache-control', expected);
  if (rule === 'http/quiet-headers') {
    return key === 'nosniff' ? headerIs('x-content-type-options', 'nosniff') : headerIsThere(key, 'absent');
  }
  if (rule === 'http/request-id' && key === 'missing' && actual === 'none') return headerIsThere('x-request-id', 'present');
  return key.startsWith('header:') && actual === 'none' ? headerIsThere(key.slice('header:'.length), 'present') : null;
}

/** A key that begins so tells the place, the keyword and the member: `schema:/items/0:required:id`. */
function checkOfSchema(key: string): Seen | null {
  const [, pointer = '', keyword = '', member = ''] = /^schema:(.*):(\w+):([^:]*)$/u.exec(key) ?? [];
  if (member === '') return null;
  const isMissing = keyword === 'required';
  if (!isMissing && !/^(additional|unevaluated)Properties$/u.test(keyword)) return null;
  const path = [...pointer.split('/').slice(1).map(segment), member];
  return {
    what: `${pointer}/${member} in the body`,
    command: `presence '${JSON.stringify(path).replaceAll("'", `'\\''`)}'`,
    allowed: [isMissing ? 'present' : 'absent'],
  };
}

function segment(text: string): string | number {
  return /^\d+$/u.test(text) ? Number(text) : text.replaceAll('~1', '/').replaceAll('~0', '~');
}

function statusIs(allowed: string[]): Seen {
  return { what: 'the status', command: 'status', allowed };
}

function headerIs(name: string, value: string): Seen {
  return { what: `the header ${name}`, command: `header ${name}`, allowed: [value] };
}

function headerIsThere(name: string, presence: 'present' | 'absent'): Seen {
  return { what: `the header ${name}`, command: `header_presence ${name}`, allowed: [presence] };
}

function memberIs(name: string, expected: string): Seen {
  return { what: `${name} in the body`, command: `member .${name}`, allowed: expected.split(', ') };
}
