import fc from 'fast-check';
import { at, bookingStep } from '../sequences/bookings.ts';
import { replica } from '../sequences/pieces.ts';
import { step, type Operand, type Operands, type Step } from '../step.ts';
import type { Round } from './round.ts';

const minute = 60_000;
const most = 5;
const path = { appointmentId: { $: 'appointment', newest: 0 } } satisfies Operands;

const booked = bookingStep({ who: 'user 1', kind: 'right', startsAt: at(5 * minute), durationMinutes: 15 });
const joined = [step('user 1', 'joinCall', { path }), step('doctor 1', 'joinCall', { path })];
const clientId = (nth: number): Operand => ({ $: 'client id', nth, isUpperCase: false });
const written = (nth: number, body = 'Hello'): Step =>
  step('user 1', 'sendMessage', { path, body: { clientId: clientId(nth), body } });
const ownConnection = { connectionId: { $: 'connection', of: 'own', newest: 0 } } satisfies Operands;

/** Two to five of the commands at once, each at some replica. */
const someOf = (...commands: fc.Arbitrary<Step>[]): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.tuple(fc.oneof(...commands), replica).map(([step, replica]) => ({ ...step, replica })),
    { minLength: 2, maxLength: most, size: 'max' },
  );

const one = (...steps: Step[]): fc.Arbitrary<Step> => fc.constantFrom(...steps);

const bookings = someOf(
  fc
    .record({
      who: fc.constantFrom('user 1' as const, 'user 2' as const, 'doctor 1' as const),
      kind: fc.constantFrom('right' as const, 'right' as const, 'second' as const),
      startsAt: fc.constantFrom(at(5 * minute), at(10 * minute), at(20 * minute)),
      durationMinutes: fc.constantFrom(15, 30),
    })
    .map((booking) => bookingStep(booking)),
);

const withKey = (reason: string): Step =>
  bookingStep(
    { who: 'user 1', kind: 'right', startsAt: at(5 * minute), durationMinutes: 15 },
    { headers: { 'idempotency-key': 'key-1' }, body: { reason } },
  );

const cancels = ['user 1' as const, 'doctor 1' as const].map((who) => step(who, 'cancelAppointment', { path }));

const guess = (isRight: boolean): Step =>
  step('nobody', 'login', {
    body: { email: { $: 'email', of: 'user 1', spelling: 'as given' }, password: { $: 'password', isRight } },
  });

const signal = step('user 1', 'sendSignal', {
  path,
  body: { ...ownConnection, clientId: clientId(1), epoch: { $: 'epoch', more: 0 }, type: 'offer', data: {} },
});

const readUpTo = (newest: number): Step =>
  step('doctor 1', 'markMessagesRead', { path, body: { upTo: { $: 'message', newest } } });

const kinds: Record<string, { before: Step[]; atOnce: fc.Arbitrary<Step[]> }> = {
  bookings: { before: [], atOnce: bookings },
  'cancel or join': { before: [booked], atOnce: someOf(one(...cancels), one(...joined)) },
  'first joins': { before: [booked], atOnce: someOf(one(...joined)) },
  'one idempotency key': {
    before: [],
    atOnce: someOf(one(withKey('Cough'), withKey('Cough'), withKey('Cough'), withKey('Cold'))),
  },
  'one client id': {
    before: [booked],
    atOnce: someOf(one(written(1), written(1), written(1), written(1, 'Another text'), written(2))),
  },
  'logout or request': {
    before: [booked],
    // One of them: of simultaneous ones each may be finished as if it had come first (sessions/logout).
    atOnce: fc
      .tuple(
        one(step('user 1', 'logout'), step('user 1', 'logoutEverywhere')),
        someOf(one(step('user 1', 'getMe'), written(1), cancels[0] ?? booked)),
      )
      .map(([logout, requests]) => [logout, ...requests.slice(0, most - 1)]),
  },
  'read marks': {
    before: [booked, written(1), written(2), written(3)],
    atOnce: someOf(one(readUpTo(0), readUpTo(1), readUpTo(2)), one(written(0), step('doctor 1', 'getUnreadCounts'))),
  },
  'last password attempts': {
    before: [{ ...guess(false), times: 8 }],
    atOnce: someOf(one(guess(false), guess(false), guess(true))),
  },
  'end of a call': {
    before: [booked, ...joined],
    atOnce: someOf(
      one(step('doctor 1', 'endCall', { path })),
      one(
        ...joined,
        step('user 1', 'leaveCall', { path, body: ownConnection }),
        step('doctor 1', 'keepPresence', { path, body: ownConnection }),
        signal,
      ),
    ),
  },
};

/** Rounds of simultaneous commands on one object, all of one kind when that is named. */
export function roundsOf(only?: string): fc.Arbitrary<Round> {
  const chosen = Object.entries(kinds).filter(([kind]) => only === undefined || kind === only);
  return fc.oneof(
    ...chosen.map(([kind, { before, atOnce }]) => atOnce.map((steps): Round => ({ kind, before, atOnce: steps }))),
  );
}
