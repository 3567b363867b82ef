import fc from 'fast-check';
import { type Operand, type Operands, type Somebody, step, type Step } from '../step.ts';
import {
  appointmentPath,
  fewTimesOther,
  type Limits,
  otherRole,
  replica,
  session,
  somebody,
  sometimes,
  waiting,
} from './pieces.ts';
import { reason } from './texts.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const year = 365 * day;

export const at = (ms: number, from: 'beginning' | 'now' = 'beginning'): Operand => ({ $: 'instant', from, ms });

const nearStart = fc.constantFrom(
  ...[5, 10, 20, 35, 65].flatMap((minutes) => [at(minutes * minute), at(minutes * minute, 'now')]),
);
/** Boundaries of the rule on starts mean something only where the clock is told. */
const farStart = ({ hasClock }: Limits): fc.Arbitrary<Operand> =>
  fc.constantFrom(
    at(day),
    at(5 * minute + 30_000),
    ...(hasClock ? [0, -1, 5 * minute, 20 * minute, year, year + 1].map((ms) => at(ms, 'now')) : []),
  );

/** Right before or after another one, and a moment too near. */
const edge: fc.Arbitrary<Operand> = fc.oneof(
  fc.constantFrom<Operand>({ $: 'edge', of: 'end', newest: 0, ms: 0 }, { $: 'edge', of: 'end', newest: 0, ms: -1 }),
  fc.constantFrom(-5, -15, -30, -60).map((minutes) => ({ $: 'edge', of: 'start', newest: 0, ms: minutes * minute })),
);
const freeStart = fc.integer({ min: 1, max: 9 }).map((hours) => at(hours * 60 * minute, 'now'));

const long = 'k'.repeat(70);
const key = fc.constantFrom<Operand>('key-1', 'key-2', 'KEY-1', `${long}1`, `${long}2`);

type Counterpart = 'right' | 'second' | 'own role' | 'wrong name' | 'both' | 'none' | 'unknown';
const counterpart = fewTimesOther<Counterpart>(
  'right',
  fc.constantFrom('second', 'second', 'second', 'own role', 'wrong name', 'both', 'none', 'unknown'),
  4,
);

function namesOf(who: Somebody, kind: Counterpart): Operands {
  const other = otherRole(who);
  const [right, wrong] = [`${other}Id`, other === 'user' ? 'doctorId' : 'userId'];
  const account = (name: string): Operand => ({ $: 'account', who: name as Somebody });
  const first = account(`${other} 1`);
  const kinds: Record<Counterpart, Operands> = {
    right: { [right]: first },
    second: { [right]: account(`${other} 2`) },
    'own role': { [right]: account(who) },
    'wrong name': { [wrong]: first },
    both: { [right]: first, [wrong]: account(who) },
    none: {},
    unknown: { [right]: { $: 'unknown id' } },
  };
  return kinds[kind];
}

export type Booking = { who: Somebody; kind: Counterpart; startsAt: Operand; durationMinutes: number };

export const bookingStep = ({ who, kind, startsAt, durationMinutes }: Booking, rest: Partial<Step> = {}): Step =>
  step(who, 'createAppointment', {
    ...rest,
    body: { ...namesOf(who, kind), startsAt, durationMinutes, ...rest.body },
  });

export const booking = (limits: Limits): fc.Arbitrary<Step> =>
  fc
    .record({
      who: somebody,
      kind: counterpart,
      startsAt: fewTimesOther<Operand>(
        at(5 * minute, 'now'),
        fc.oneof(
          { weight: 2, arbitrary: nearStart },
          { weight: 1, arbitrary: farStart(limits) },
          { weight: 2, arbitrary: edge },
        ),
        1,
      ),
      durationMinutes: fewTimesOther(15, fc.constantFrom(5, 30, 60, 30, 60, 6, 0, 120, 125), 2),
      extra: sometimes({ reason }, 2),
      headers: sometimes({ 'idempotency-key': key }, 4),
      wait: waiting(limits, 8),
      replica,
      session,
    })
    .map(({ extra, headers, wait, replica, session, ...rest }) =>
      bookingStep(rest, { body: extra, headers, wait, replica, session }),
    );

type Repeat = 'same' | 'another reason' | 'another order' | 'another case' | 'by another';

/** A booking with a key, and the same again in one way or another. */
export const repeatedBooking = (limits: Limits): fc.Arbitrary<Step[]> =>
  fc
    .record({
      first: booking(limits),
      startsAt: freeStart,
      key,
      repeat: fc.constantFrom<Repeat>('same', 'same', 'another reason', 'another order', 'another case', 'by another'),
      wait: waiting(limits, 1),
      replica,
    })
    .map(({ first, startsAt, key, repeat, wait, replica }) => {
      const kept = { ...first, headers: { 'idempotency-key': key }, body: { ...first.body, startsAt } };
      return [kept, { ...again(kept, repeat), wait, replica }];
    });

function again(first: Step, repeat: Repeat): Step {
  const body = first.body ?? {};
  const ways: Record<Repeat, Partial<Step>> = {
    same: {},
    'another reason': { body: { ...body, reason: 'Something else' } },
    'another order': { body: Object.fromEntries(Object.entries(body).toReversed()) },
    'another case': { headers: { 'idempotency-key': String(first.headers['idempotency-key']).toUpperCase() } },
    'by another': {
      who: first.who === 'user 1' ? 'user 2' : 'user 1',
      body: { ...body, ...namesOf('user 1', 'right') },
    },
  };
  return { ...first, ...ways[repeat] };
}

/** An appointment in hours, when nothing else is, and mostly the end of it. */
export const laterBooking = (limits: Limits): fc.Arbitrary<(Step | undefined)[]> =>
  fc
    .record({
      who: fc.constantFrom<Somebody>('user 1', 'doctor 1'),
      startsAt: fewTimesOther<Operand>(at(60 * minute, 'now'), fc.oneof(freeStart, farStart(limits), edge), 1),
      cancelled: fewTimesOther<Step | undefined>(
        undefined,
        cancelOf(fc.constantFrom<Somebody>('user 1', 'doctor 1'), limits),
        1,
      ),
    })
    .map(({ who, startsAt, cancelled }) => [
      bookingStep({ who, kind: 'right', startsAt, durationMinutes: 15 }),
      cancelled,
    ]);

const etag = (form: 'alone' | 'weak' | 'in a list' | 'any', newest: number): Operand => ({ $: 'etag', newest, form });
const someEtag: fc.Arbitrary<Operand> = fc
  .tuple(fc.constantFrom('alone', 'alone', 'weak', 'in a list', 'any'), fc.nat({ max: 2 }))
  .map(([form, newest]) => etag(form, newest));

export const cancel = (limits: Limits): fc.Arbitrary<Step> => cancelOf(somebody, limits);

const cancelOf = (who: fc.Arbitrary<Somebody>, limits: Limits): fc.Arbitrary<Step> =>
  fc
    .record({
      who,
      path: appointmentPath,
      body: sometimes({ reason }, 1),
      headers: sometimes({ 'if-match': someEtag }, 3),
      wait: waiting(limits),
      replica,
    })
    .map(({ who, body, ...rest }) => step(who, 'cancelAppointment', { ...rest, body: 'reason' in body ? body : null }));

export const readAppointment = (limits: Limits): fc.Arbitrary<Step> =>
  fc
    .record({
      who: somebody,
      operation: fewTimesOther('getAppointment' as const, fc.constant('getAppointmentCalendar' as const), 4),
      path: appointmentPath,
      headers: sometimes({ 'if-none-match': someEtag }, 1),
      wait: waiting(limits, 2),
      replica,
    })
    .map(({ who, operation, ...rest }) => step(who, operation, rest));
