import fc from 'fast-check';
import { step, type Operand, type Somebody, type Step } from '../step.ts';
import { at, bookingStep } from './bookings.ts';
import {
  appointmentPath,
  clientId,
  connection,
  fewTimesOther,
  type Limits,
  replica,
  somebody,
  waiting,
} from './pieces.ts';

const minute = 60_000;
const newest = { appointmentId: { $: 'appointment', newest: 0 } as Operand };

export const join = (limits: Limits): fc.Arbitrary<Step> =>
  fc
    .record({ who: somebody, path: appointmentPath, wait: waiting(limits, 2), replica })
    .map(({ who, ...rest }) => step(who, 'joinCall', rest));

/** A heartbeat or a leave. */
export const presence = (limits: Limits): fc.Arbitrary<Step> =>
  fc
    .record({
      who: somebody,
      operation: fc.constantFrom('keepPresence' as const, 'leaveCall' as const),
      path: appointmentPath,
      body: fc.record({ connectionId: connection }),
      wait: waiting(limits, 2),
      replica,
    })
    .map(({ who, operation, ...rest }) => step(who, operation, rest));

export const end = (limits: Limits): fc.Arbitrary<Step> =>
  fc
    .record({
      who: fewTimesOther('doctor 1' as const, somebody, 2),
      path: appointmentPath,
      wait: waiting(limits),
      replica,
    })
    .map(({ who, ...rest }) => step(who, 'endCall', rest));

const nested = (depth: number): Operand => (depth === 0 ? 1 : { a: nested(depth - 1) });

export const signal = (limits: Limits): fc.Arbitrary<Step> =>
  fc
    .record({
      who: somebody,
      path: appointmentPath,
      body: fc.record({
        clientId,
        connectionId: connection,
        epoch: fewTimesOther<Operand>(
          { $: 'epoch', more: 0 },
          fc.constantFrom<Operand>({ $: 'epoch', more: -1 }, { $: 'epoch', more: 1 }),
          3,
        ),
        type: fc.constantFrom<Operand>('offer', 'answer', 'candidate', 'restart', 'media'),
        data: fewTimesOther<Operand>(
          {},
          fc.constantFrom<Operand>({ sdp: 'v=0' }, { sdp: 'v'.repeat(32_768) }, nested(33)),
          3,
        ),
      }),
      wait: waiting(limits),
      replica,
    })
    .map(({ who, ...rest }) => step(who, 'sendSignal', rest));

/** Two people who meet: a booking and a join of both, any of which may be left out. */
export const meeting: fc.Arbitrary<(Step | undefined)[]> = fc
  .tuple(fc.boolean(), fewTimesOther(false, fc.constant(true), 7), fewTimesOther(false, fc.constant(true), 4))
  .map(([isBookedByDoctor, isUserAway, isDoctorAway]) => [
    bookingStep({
      who: isBookedByDoctor ? 'doctor 1' : 'user 1',
      kind: 'right',
      startsAt: at(5 * minute, 'now'),
      durationMinutes: 15,
    }),
    isUserAway ? undefined : step('user 1', 'joinCall', { path: newest }),
    isDoctorAway ? undefined : step('doctor 1', 'joinCall', { path: newest }),
  ]);

/** A join of one who is in the call already, and something with the older connection or the newer one. */
export const takeover = (limits: Limits): fc.Arbitrary<(Step | undefined)[]> =>
  fc
    .record({
      who: fc.constantFrom<Somebody>('user 1', 'doctor 1'),
      operation: fc.constantFrom('leaveCall' as const, 'keepPresence' as const),
      age: fc.constantFrom(1, 0),
      wait: waiting(limits, 2),
    })
    .map(({ who, operation, age, wait }) => [
      step(who, 'joinCall', { path: newest }),
      step(who, 'joinCall', { path: newest }),
      step(who, operation, {
        path: newest,
        wait,
        body: { connectionId: { $: 'connection', of: 'own', newest: age } },
      }),
    ]);
