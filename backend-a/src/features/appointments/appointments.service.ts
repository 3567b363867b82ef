import { randomUUID } from 'node:crypto';
import type { Db } from '../../db/db.ts';
import { inTransaction } from '../../db/transaction.ts';
import { Problem } from '../../problem.ts';
import type { Caller } from '../../http/authenticate.ts';
import { noCall } from '../calls/call.ts';
import { appointmentEvent } from '../calls/calls.events.ts';
import { mustBeRange } from '../doctors/doctors.rules.ts';
import type { Appointment, AppointmentQuery } from './appointment.ts';
import { lockAppointment, updateAppointment } from './appointments.repository.ts';
import {
  hashOfRequest,
  mustBeCancellable,
  mustStartWithinAYear,
  noSuchAppointment,
  unknownParticipant,
} from './appointments.rules.ts';
import { represent, type Representation } from './appointments.view.ts';
import { insertKey, updateAnswer, type KeptAnswer } from './idempotency.repository.ts';

export interface Booking {
  readonly caller: Caller;
  readonly counterpartId: string;
  readonly startsAt: Date;
  readonly durationMinutes: number;
  readonly reason: string | null;
  readonly idempotency: { readonly key: string; readonly body: unknown } | undefined;
}

/** What a booking is answered with: made now, or kept from the first time. */
export interface Booked {
  readonly answer: KeptAnswer;
  readonly isReplay: boolean;
}

/** @throws Problem idempotency-key-reused, unknown-participant, invalid-start, slot-taken */
export async function createAppointment(db: Db, input: Booking, now: Date): Promise<Booked> {
  const { caller, idempotency } = input;
  if (!idempotency) return { answer: await book(db, input, now), isReplay: false };
  const key = { accountId: caller.accountId, key: idempotency.key, requestHash: hashOfRequest(idempotency.body) };
  return inTransaction(db, async (tx) => {
    const kept = await insertKey(tx, key, now);
    if (kept) return { answer: kept, isReplay: true };
    const answer = await book(tx, input, now);
    await updateAnswer(tx, key, answer);
    return { answer, isReplay: false };
  });
}

/**
 * Appointments in the list's order, at most `count`.
 *
 * @throws Problem invalid-range
 * @rule appointments/listing
 */
export async function listAppointments(db: Db, input: AppointmentQuery, now: Date): Promise<Appointment[]> {
  if (input.from && input.to) mustBeRange(input.from, input.to);
  return db.paths.listAppointments(db, input, now);
}

/** @throws Problem not-found */
export async function getAppointment(
  db: Db,
  input: { appointmentId: string; accountId: string },
  _now: Date,
): Promise<Appointment> {
  const appointment = await db.paths.findAppointment(db, input.appointmentId, input.accountId);
  if (!appointment) throw noSuchAppointment();
  return appointment;
}

export interface Cancellation {
  readonly appointmentId: string;
  readonly accountId: string;
  readonly reason: string | null;
  /** Whether the caller has seen the appointment as it is; always true for one who does not ask. */
  readonly isExpected: (current: Representation) => boolean;
}

/**
 * @throws Problem not-found, stale-version, invalid-transition
 * @rule appointments/cancel
 */
export function cancelAppointment(db: Db, input: Cancellation, now: Date): Promise<Appointment> {
  return inTransaction(db, async (tx) => {
    const appointment = await lockAppointment(tx, input.appointmentId, input.accountId);
    if (!input.isExpected(represent(appointment, now))) {
      throw new Problem('stale-version', 'The appointment has changed since; read it again and decide anew.');
    }
    mustBeCancellable(appointment, now);
    const change = { cancelledAt: now, cancelledBy: input.accountId, cancelReason: input.reason };
    await updateAppointment(tx, appointment.id, change);
    const cancelled = { ...appointment, ...change };
    await tx.paths.insertEvents(tx, [appointmentEvent('appointment.cancelled', cancelled, now)], now);
    return cancelled;
  });
}

/** @throws Problem not-found */
export function getAppointmentCalendar(
  db: Db,
  input: { appointmentId: string; accountId: string },
  now: Date,
): Promise<Appointment> {
  return getAppointment(db, input, now);
}

async function book(db: Db, { caller, counterpartId, ...wish }: Booking, now: Date): Promise<KeptAnswer> {
  const [doctorId, userId] =
    caller.role === 'doctor' ? [caller.accountId, counterpartId] : [counterpartId, caller.accountId];
  const participants = await db.paths.findParticipants(db, doctorId, userId);
  if (!participants) throw unknownParticipant(caller.role);
  mustStartWithinAYear(wish.startsAt, now);
  const appointment: Appointment = {
    id: randomUUID(),
    ...participants,
    startsAt: wish.startsAt,
    endsAt: new Date(wish.startsAt.getTime() + wish.durationMinutes * 60_000),
    durationMinutes: wish.durationMinutes,
    reason: wish.reason,
    createdAt: now,
    cancelledAt: null,
    cancelledBy: null,
    cancelReason: null,
    call: noCall,
  };
  await db.paths.insertAppointment(db, appointment, [appointmentEvent('appointment.created', appointment, now)]);
  const { text, etag } = represent(appointment, now);
  return { appointmentId: appointment.id, etag, text };
}
