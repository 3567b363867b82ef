import { hash, randomUUID } from 'node:crypto';
import type { components } from '@duet/contract/types';
import type { ProblemCode } from '@duet/contract/problems';
import { json, noStore, type Reply } from '../http/reply.ts';
import { requireCaller } from '../http/caller.ts';
import { fieldError } from '../http/validation.ts';
import type { Caller, Visit } from '../http/visit.ts';
import { readInstant, writeInstant } from '../instants.ts';
import { type FieldError, invalid, Problem, unauthenticated } from '../problem.ts';
import { bookAppointment } from '../statements/appointments.ts';
import { type BookedRow, represent, untouched } from './appointment-view.ts';

type Booking = components['schemas']['NewAppointment'];
type Outcome = 'booked' | 'replayed' | 'unauthenticated' | 'wrong-counterpart' | keyof typeof refusals;

export function checkCounterpart({ body }: Visit, { role }: Caller): FieldError[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return [];
  const [named, foreign] = role === 'doctor' ? ['userId', 'doctorId'] : ['doctorId', 'userId'];
  const [isNamed, isForeignNamed] = [named in body, foreign in body];
  const errors: FieldError[] = [];
  if (!isNamed) errors.push(fieldError('body', `/${named}`, 'required', 'is missing'));
  if (isForeignNamed) errors.push(fieldError('body', `/${foreign}`, 'unknown', `is not for a ${role} to name`));
  if (isNamed && isForeignNamed) errors.push(fieldError('body', `/${named}`, 'oneOf', `excludes ${foreign}`));
  return errors;
}

const refusals = {
  'idempotency-key-reused': 'This key came with another body before. Use a new one.',
  'unknown-participant': 'Nobody of the other role has this id. Check it.',
  'invalid-start': 'An appointment begins from now to 365 days on. Choose such a time.',
  'slot-taken': 'One of the two people has another appointment at that time. Choose another time.',
} satisfies Partial<Record<ProblemCode, string>>;

export async function createAppointment(visit: Visit): Promise<Reply> {
  const booking = visit.body as Booking;
  const { doctorId, userId, durationMinutes, reason } = booking;
  const [at, startsAt] = [visit.now, readInstant(booking.startsAt)];
  const key = visit.optionalText('Idempotency-Key');
  const [row] = await visit.floor.database.query<BookedRow & { outcome: Outcome; caller: string }>(bookAppointment, [
    visit.tokenHash,
    at,
    randomUUID(),
    doctorId ?? null,
    userId ?? null,
    startsAt,
    durationMinutes,
    reason ?? null,
    key ?? null,
    key === undefined ? null : fingerprintOf(booking),
    writeInstant(at),
    writeInstant(startsAt),
    writeInstant(startsAt + durationMinutes * 60_000),
  ]);
  if (!row || row.outcome === 'unauthenticated') throw unauthenticated();
  visit.accountId = row.caller;
  if (row.outcome === 'booked') return booked(row, []);
  if (row.outcome === 'replayed') return booked(row, ['Idempotency-Replayed', 'true']);
  if (row.outcome === 'wrong-counterpart') throw invalid(checkCounterpart(visit, await requireCaller(visit)));
  throw new Problem(row.outcome, refusals[row.outcome]);
}

/** Equal JSON values have equal fingerprints; the schema leaves no other members. */
function fingerprintOf({ doctorId, userId, startsAt, durationMinutes, reason }: Booking): Buffer {
  return hash('sha256', JSON.stringify([doctorId, userId, startsAt, durationMinutes, reason]), 'buffer');
}

/** A replay is put together from what cannot change, as at the instant of the booking. */
function booked(row: BookedRow, headers: string[]): Reply {
  const { body, etag } = represent({ ...row, ...untouched }, row.created_at);
  return json(201, body, [...noStore, 'Location', `/v1/appointments/${row.id}`, 'ETag', etag, ...headers]);
}
