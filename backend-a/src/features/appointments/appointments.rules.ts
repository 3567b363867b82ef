import { createHash } from 'node:crypto';
import { requiredAt, unknownAt } from '../../http/places.ts';
import { Problem, type Place } from '../../problem.ts';
import type { Role } from '../accounts/account.ts';
import type { Appointment, Status } from './appointment.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const callEndsAfterMinutes = 15;
const bookableDays = 365;
const keptHours = 24;

/** The longest appointment. */
export const longestMinutes = 120;

/** When a call that has started is over at the latest. */
export function callEndOf({ endsAt }: Pick<Appointment, 'endsAt'>): Date {
  return new Date(endsAt.getTime() + callEndsAfterMinutes * minute);
}

/** @rule appointments/status */
export function statusOf(appointment: Appointment, now: Date): Status {
  const { call, cancelledAt, endsAt } = appointment;
  if (cancelledAt) return 'cancelled';
  if (call.endedAt || (call.startedAt && now >= callEndOf(appointment))) return 'completed';
  if (call.startedAt) return 'in_progress';
  return now >= endsAt ? 'missed' : 'scheduled';
}

/**
 * Whom a booking names, as offending places: a user names the doctor, a doctor names the user.
 *
 * @rule appointments/counterpart
 */
export function placesOfCounterpart(role: Role, body: unknown): readonly Place[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return [];
  const [expected, wrong] = role === 'user' ? ['doctorId', 'userId'] : ['userId', 'doctorId'];
  const hasExpected = Object.hasOwn(body, expected);
  const hasWrong = Object.hasOwn(body, wrong);
  const places: Place[] = [];
  if (hasWrong) places.push(unknownAt(`/${wrong}`, `is not for a ${role} to name`));
  if (!hasExpected) places.push(requiredAt(`/${expected}`));
  if (hasExpected && hasWrong) places.push(unknownAt(`/${expected}`, 'is given beside the other participant'));
  return places;
}

/** @rule appointments/counterpart */
export function unknownParticipant(role: Role): Problem {
  const who = role === 'user' ? 'doctor' : 'user';
  return new Problem('unknown-participant', `There is no ${who} with this id; name an existing ${who}.`);
}

/**
 * @throws Problem invalid-start
 * @rule appointments/start
 */
export function mustStartWithinAYear(startsAt: Date, now: Date): void {
  const latest = now.getTime() + bookableDays * day;
  if (startsAt >= now && startsAt.getTime() <= latest) return;
  throw new Problem('invalid-start', `An appointment starts from now to ${bookableDays} days on; choose such a start.`);
}

/**
 * Either person's other appointment counts, and the answer does not tell whose it is.
 *
 * @rule appointments/no-overlap
 */
export function slotTaken(cause: unknown): Problem {
  const detail = 'One of the two people has another appointment at that time; choose another time.';
  return new Problem('slot-taken', detail, { cause });
}

/** @rule appointments/participants-only */
export function noSuchAppointment(): Problem {
  return new Problem('not-found', 'You have no appointment with this id; look for it in your list of appointments.');
}

/**
 * @throws Problem invalid-transition
 * @rule appointments/cancel
 */
export function mustBeCancellable(appointment: Appointment, now: Date): void {
  const status = statusOf(appointment, now);
  if (status === 'scheduled') return;
  throw new Problem('invalid-transition', `The appointment is ${status}; only a scheduled one can be cancelled.`);
}

/**
 * What tells equal JSON values: neither the order of properties nor the spelling of numbers makes a difference.
 *
 * @rule appointments/idempotency-key
 */
export function hashOfRequest(body: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(body, sortProperties)).digest();
}

/** @rule appointments/idempotency-key */
export function keptSince(now: Date): Date {
  return new Date(now.getTime() - keptHours * 60 * minute);
}

/** @rule appointments/idempotency-key */
export function keyReused(): Problem {
  const detail = 'This Idempotency-Key was used for another body; use a new key for a new request.';
  return new Problem('idempotency-key-reused', detail);
}

function sortProperties(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
