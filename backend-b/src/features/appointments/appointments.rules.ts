import { Problem, type ValidationError } from '../../problem.ts';
import type { Profile, Role } from '../accounts/accounts.rules.ts';
import { completionOf, type Call } from '../calls/calls.state.ts';

export interface Appointment {
  id: string;
  doctor: Profile;
  user: Profile;
  startsAt: Date;
  endsAt: Date;
  durationMinutes: number;
  reason: string | null;
  createdAt: Date;
  cancelledAt: Date | null;
  cancelledBy: string | null;
  cancelReason: string | null;
  call: Call;
}

export type Status = 'scheduled' | 'in_progress' | 'completed' | 'missed' | 'cancelled';

const LONGEST_LEAD_MS = 365 * 24 * 3_600_000;
const KEPT_MS = 24 * 3_600_000;

/** @rule appointments/status */
export function statusAt({ cancelledAt, call, ...span }: Appointment, now: Date): Status {
  if (cancelledAt) return 'cancelled';
  if (completionOf(call, span, now)) return 'completed';
  if (call.startedAt) return 'in_progress';
  return span.endsAt <= now ? 'missed' : 'scheduled';
}

/** The property by which somebody of this role names the other person. */
export function counterpartProperty(role: Role): 'doctorId' | 'userId' {
  return role === 'user' ? 'doctorId' : 'userId';
}

/**
 * A user names the doctor, a doctor names the user.
 * @rule appointments/counterpart
 */
export function counterpartErrors(role: Role, body: unknown): ValidationError[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return [];
  const right = counterpartProperty(role);
  const wrong = right === 'doctorId' ? 'userId' : 'doctorId';
  const [hasRight, hasWrong] = [Object.hasOwn(body, right), Object.hasOwn(body, wrong)];
  const errors: ValidationError[] = [];
  if (hasWrong) errors.push(bodyError(wrong, 'unknown', `is not for a ${role} to name`));
  if (hasWrong && hasRight) errors.push(bodyError(right, 'unknown', 'is given beside the other one'));
  if (!hasRight) errors.push(bodyError(right, 'required', 'is missing'));
  return errors;
}

function bodyError(property: string, rule: string, message: string): ValidationError {
  return { in: 'body', pointer: `/${property}`, rule, message };
}

export function unknownParticipant(role: Role): Problem {
  const other = role === 'user' ? 'doctor' : 'user';
  return new Problem('unknown-participant', `There is no ${other} with this id; check ${counterpartProperty(role)}.`);
}

/** @rule appointments/start */
export function checkStart(startsAt: Date, now: Date): void {
  const lead = startsAt.getTime() - now.getTime();
  if (lead >= 0 && lead <= LONGEST_LEAD_MS) return;
  throw new Problem('invalid-start', 'The start is in the past or more than 365 days ahead; choose another.');
}

export function slotTaken(): Problem {
  return new Problem('slot-taken', 'One of the two has another appointment at this time; choose another time.');
}

/** Keys stored at or before this instant are forgotten. */
export function keysKeptSince(now: Date): Date {
  return new Date(now.getTime() - KEPT_MS);
}

/** @rule appointments/idempotency-key */
export function checkSameRequest(isSame: boolean): void {
  if (isSame) return;
  throw new Problem('idempotency-key-reused', 'The Idempotency-Key came with another body before; choose a new key.');
}

/** @rule appointments/cancel */
export function checkCancel(appointment: Appointment, now: Date): void {
  const status = statusAt(appointment, now);
  if (status === 'scheduled') return;
  throw new Problem('invalid-transition', `The appointment is ${status}; only a scheduled one can be cancelled.`);
}

export function checkVersion(isCurrent: boolean): void {
  if (isCurrent) return;
  throw new Problem('stale-version', 'The appointment has changed; get it again and repeat with its present ETag.');
}

/** Who of the two is not this one. */
export function otherOf({ doctor, user }: Appointment, accountId: string): Profile {
  return doctor.id === accountId ? user : doctor;
}
