import type { Difference } from './differences.ts';
import type { Divergence } from './play-out.ts';
import { isReference } from './resolve.ts';
import type { Operand, Reference, Step, Wait } from './step.ts';

/** A sequence for a person to read: a line a step. */
export function describeSteps(steps: readonly Step[], at: number | null): string[] {
  return steps.map((step, index) => `${index === at ? '→' : ' '} ${index + 1}. ${describeStep(step)}`);
}

export function describeStep(step: Step): string {
  const { wait, who, operation, times, session, replica, path, query, headers, body } = step;
  const parts = [path, query, headers, body ?? {}].filter((part) => Object.keys(part).length > 0);
  const asides = [
    ...(session > 0 ? [`session ${session}`] : []),
    ...(replica > 0 ? [`replica ${replica + 1}`] : []),
    ...(times > 1 ? [`${times} times`] : []),
  ];
  return [
    ...(wait ? [`${describeWait(wait)}:`] : []),
    who,
    operation,
    ...parts.map(describe),
    ...(asides.length > 0 ? [`(${asides.join(', ')})`] : []),
  ].join(' ');
}

function describeWait(wait: Wait): string {
  if ('for' in wait) return `${span(wait.for)} later`;
  const off = wait.off === 0 ? 'at' : wait.off < 0 ? '1 ms before' : '1 ms after';
  return `${off} the ${wait.until} of ${nthNewest('appointment', wait.appointment)}`;
}

function describe(value: Operand): string {
  if (typeof value === 'string' && value.length > 60)
    return `${JSON.stringify(value.slice(0, 20))}… (${[...value].length} characters)`;
  if (typeof value !== 'object') return JSON.stringify(value);
  if (isReference(value)) return describeReference(value);
  return `{${Object.entries(value)
    .map(([name, member]) => `${name}: ${describe(member)}`)
    .join(', ')}}`;
}

function describeReference(reference: Reference): string {
  switch (reference.$) {
    case 'account':
      return reference.who;
    case 'appointment':
      return nthNewest('appointment', reference.newest);
    case 'message':
      return nthNewest('message', reference.newest);
    case 'connection':
      return nthNewest(`${reference.of === 'nobody' ? "nobody's" : `${reference.of}`} connection`, reference.newest);
    case 'epoch':
      return reference.more === 0 ? 'the epoch' : `the epoch ${reference.more > 0 ? '+' : '−'} 1`;
    case 'etag':
      return `${nthNewest('etag', reference.newest)}${reference.form === 'alone' ? '' : `, ${reference.form}`}`;
    case 'instant':
      return `${reference.from === 'now' ? 'now' : 'beginning'} ${reference.ms < 0 ? '−' : '+'} ${span(Math.abs(reference.ms))}`;
    case 'edge': {
      const off = reference.ms === 0 ? '' : ` ${reference.ms < 0 ? '−' : '+'} ${span(Math.abs(reference.ms))}`;
      return `the ${reference.of} of ${nthNewest('appointment', reference.newest)}${off}`;
    }
    case 'client id':
      return `client id ${reference.nth + 1}${reference.isUpperCase ? ' in upper case' : ''}`;
    case 'email':
      return `the email of ${reference.of}${reference.spelling === 'as given' ? '' : `, ${reference.spelling}`}`;
    case 'name':
      return `"Duet … ${reference.text}"`;
    case 'password':
      return reference.isRight ? 'the password' : 'a wrong password';
    case 'invite code':
      return `the invite code, ${reference.form}`;
    case 'mark':
      return 'the mark in all names';
    default:
      return `a ${reference.$}`;
  }
}

const nthNewest = (kind: string, newest: number): string =>
  newest === 0 ? `the newest ${kind}` : `the ${kind} ${newest} before the newest`;

function span(ms: number): string {
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1_000],
  ] as const;
  const [unit, size] = units.find(([, size]) => ms >= size && ms % size === 0) ?? ['ms', 1];
  return `${ms / size} ${unit}`;
}

const mostDifferences = 6;

/** A divergence as a block of lines. */
export function describeDivergence(divergence: Divergence, words: { title: string; repeat: string }): string {
  const { steps, at, label, voices, verdict, rules } = divergence;
  const verdicts = {
    wrong: () => `${'target' in verdict ? verdict.target : ''} is wrong`,
    gap: () => 'all targets agree and the model does not: a gap in the rules or in the model',
    ambiguous: () => 'no two agree: the contract is ambiguous here, or all are wrong',
  };
  return [
    words.title,
    ...describeSteps(steps, at),
    at === null ? `  then, of what is read at the end, ${label}:` : `  ${label}:`,
    ...voices.flatMap(({ name, differences }) => describeDifferences(name, differences)),
    `  verdict: ${verdicts[verdict.kind]()}`,
    `  rules: ${rules.length > 0 ? rules.join(', ') : 'none names it'}`,
    `  again: ${words.repeat}`,
    '',
  ].join('\n');
}

export function describeDifferences(name: string, differences: readonly Difference[]): string[] {
  if (differences.length === 0) return [`    ${name} answers as the model does`];
  const shown = differences
    .slice(0, mostDifferences)
    .flatMap(({ place, expected, actual }) => [
      `    ${place}`,
      `      - model   ${short(expected)}`,
      `      + ${name.padEnd(7)} ${short(actual)}`,
    ]);
  const more = differences.length - mostDifferences;
  return more > 0 ? [...shown, `    and ${more} more places`] : shown;
}

function short(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
