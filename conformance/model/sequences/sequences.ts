import fc from 'fast-check';
import type { Step } from '../step.ts';
import { booking, cancel, laterBooking, readAppointment, repeatedBooking } from './bookings.ts';
import { end, join, meeting, presence, signal, takeover } from './calls.ts';
import { doctors, getMe, listAppointments } from './directory.ts';
import { glance, listMessages, markRead, marks, send, talk } from './messages.ts';
import { fewTimesOther, type Limits } from './pieces.ts';
import { goodbye, guesses, login, nearPassword, newAccount, twoSessions, updateMe } from './sessions.ts';

/** Some steps in a row; any of them can be left out, which shortens a sequence. */
type Stretch = fc.Arbitrary<(Step | undefined)[]>;

const alone = (one: fc.Arbitrary<Step>): Stretch => one.map((step) => [step]);

/** Now and then the same again. */
const oftenTwice = (one: fc.Arbitrary<Step>): Stretch =>
  fc.tuple(one, fewTimesOther(false, fc.constant(true), 3)).map(([step, isTwice]) => (isTwice ? [step, step] : [step]));

const longest = 4;
const isKept = fc.oneof(
  { withCrossShrink: true },
  { weight: 1, arbitrary: fc.constant(false) },
  { weight: 40, arbitrary: fc.constant(true) },
);

/** Lets each of the steps be left out. */
const loosened = (stretch: Stretch): Stretch =>
  fc
    .tuple(stretch, fc.array(isKept, { minLength: longest, maxLength: longest }))
    .map(([steps, kept]) => steps.filter((_, index) => kept[index] !== false));

/** Mostly the stretch, and shortened to nothing at once. */
const orNothing = (stretch: Stretch, weight: number): Stretch =>
  fc.oneof(
    { withCrossShrink: true },
    { weight: 1, arbitrary: fc.constant<(Step | undefined)[]>([]) },
    { weight, arbitrary: stretch },
  );

type Weighted = [weight: number, stretch: Stretch];

function stretchesOf(
  limits: Limits,
): Record<'appointments' | 'calls' | 'messages' | 'sessions' | 'doctors', Weighted[]> {
  return {
    appointments: [
      [6, oftenTwice(booking(limits))],
      [3, laterBooking(limits)],
      [3, repeatedBooking(limits)],
      [5, oftenTwice(cancel(limits))],
      [3, alone(readAppointment(limits))],
      [3, alone(listAppointments(limits))],
    ],
    calls: [
      [3, meeting],
      [6, oftenTwice(join(limits))],
      [2, takeover(limits)],
      [5, oftenTwice(presence(limits))],
      [2, oftenTwice(end(limits))],
      [4, oftenTwice(signal(limits))],
      [2, alone(readAppointment(limits))],
    ],
    messages: [
      [6, oftenTwice(send(limits))],
      [2, talk],
      [3, marks],
      [4, alone(listMessages(limits))],
      [3, oftenTwice(markRead(limits))],
      [2, alone(glance)],
      [1, oftenTwice(cancel(limits))],
    ],
    sessions: [
      [2, alone(getMe(limits))],
      [2, alone(login(limits))],
      [2, guesses(limits)],
      [1, alone(goodbye(limits))],
      [2, twoSessions],
      [4, oftenTwice(newAccount(limits))],
      [3, nearPassword],
    ],
    doctors: [
      [4, alone(doctors(limits))],
      [3, alone(updateMe(limits))],
      [2, alone(newAccount(limits))],
      [2, laterBooking(limits)],
    ],
  };
}

/**
 * Random sequences of at most `steps` steps. Each is about all areas or about one of them: what is rare in a mixture is
 * not where nothing else is.
 */
export function sequences(limits: Limits & { steps: number }): fc.Arbitrary<Step[]> {
  const areas = Object.values(stretchesOf(limits));
  return fc.oneof(...[areas.flat(), ...areas].map((weighted) => sequencesOf(weighted, limits)));
}

function sequencesOf(weighted: Weighted[], limits: Limits & { steps: number }): fc.Arbitrary<Step[]> {
  const stretch = fc.oneof(...weighted.map(([weight, one]) => ({ weight, arbitrary: loosened(one) })));
  const opening = orNothing(fc.oneof(meeting, alone(booking(limits))), 5);
  const most = { minLength: Math.ceil(limits.steps / 2), maxLength: limits.steps, size: 'max' } as const;
  // An array is shortened from its beginning, a sequence from its end: what follows a divergence matters least.
  return fc
    .tuple(opening, fc.array(orNothing(stretch, 30), most))
    .map(([first, rows]) => [...first, ...rows.toReversed().flat()].filter((one) => one !== undefined))
    .map((steps) => steps.slice(0, limits.steps));
}
