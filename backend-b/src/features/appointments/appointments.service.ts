import { randomUUID } from 'node:crypto';
import { inTransaction, type Db } from '../../db/client.ts';
import { notFound } from '../../problem.ts';
import type { Account, Profile } from '../accounts/accounts.rules.ts';
import { checkOrder } from '../doctors/doctors.rules.ts';
import { noCall } from '../calls/calls.state.ts';
import { lockStreams } from '../events/events.repository.ts';
import { toldToBoth } from './appointments.events.ts';
import * as repository from './appointments.repository.ts';
import * as rules from './appointments.rules.ts';
import type { Appointment } from './appointments.rules.ts';
import type { KeptAnswer } from './idempotency.repository.ts';

export interface NewAppointmentInput {
  account: Account;
  counterpartId: string;
  startsAt: Date;
  durationMinutes: number;
  reason: string | null;
  /** The caller's key, and what tells this request from another one. */
  idempotency: { key: string; requestHash: Uint8Array<ArrayBuffer> } | undefined;
  /** Puts a new appointment into the answer that a repeat of the key will get. */
  answer: (appointment: Appointment) => BookingAnswer;
}

export type BookingAnswer = Omit<KeptAnswer, 'requestHash'>;

const MINUTE_MS = 60_000;

/** @throws Problem idempotency-key-reused, unknown-participant, invalid-start, slot-taken */
export async function createAppointment(
  db: Db,
  input: NewAppointmentInput,
  now: Date,
): Promise<{ answer: BookingAnswer; isReplayed: boolean }> {
  const { account, idempotency, startsAt } = input;
  const endsAt = new Date(startsAt.getTime() + input.durationMinutes * MINUTE_MS);
  const keptSince = rules.keysKeptSince(now);
  for (;;) {
    const { kept, counterpart, isTaken } = await db.hotPaths.findBookingFacts(db.orm, {
      accountId: account.id,
      counterpart: { id: input.counterpartId, role: account.role === 'user' ? 'doctor' : 'user' },
      startsAt,
      endsAt,
      key: idempotency?.key,
      keptSince,
    });
    if (kept) {
      rules.checkSameRequest(Buffer.compare(kept.requestHash, idempotency?.requestHash ?? Buffer.of()) === 0);
      return { answer: kept, isReplayed: true };
    }
    const appointment = newAppointment({ ...input, endsAt }, counterpart, now);
    if (isTaken) throw rules.slotTaken();
    const answer = input.answer(appointment);
    const claim = idempotency && { ...idempotency, ...answer, accountId: account.id, createdAt: now, keptSince };
    const created = toldToBoth('appointment.created', appointment, now);
    const outcome = await db.hotPaths.insertBooking(db, appointment, claim, created);
    if (outcome === 'booked') return { answer, isReplayed: false };
    // A simultaneous repeat was first: its answer is kept now.
  }
}

function newAppointment(
  input: NewAppointmentInput & { endsAt: Date },
  counterpart: Profile | undefined,
  now: Date,
): Appointment {
  const { account, startsAt, endsAt, durationMinutes, reason } = input;
  if (!counterpart) throw rules.unknownParticipant(account.role);
  rules.checkStart(startsAt, now);
  const [doctor, user] = account.role === 'doctor' ? [account, counterpart] : [counterpart, account];
  return {
    id: randomUUID(),
    doctor,
    user,
    startsAt,
    endsAt,
    durationMinutes,
    reason,
    createdAt: now,
    cancelledAt: null,
    cancelledBy: null,
    cancelReason: null,
    call: noCall,
  };
}

/** One page and whether anything follows it. @throws Problem invalid-range */
export async function listAppointments(
  db: Db,
  input: repository.AppointmentsQuery,
  now: Date,
): Promise<{ items: Appointment[]; hasMore: boolean }> {
  const { from, to, limit } = input;
  if (from && to) checkOrder({ from, to });
  const found = await db.hotPaths.listAppointments(db.orm, { ...input, limit: limit + 1 }, now);
  return { items: found.slice(0, limit), hasMore: found.length > limit };
}

/**
 * @throws Problem not-found
 * @rule appointments/participants-only
 */
export async function getAppointment(
  db: Db,
  input: { account: Account; appointmentId: string },
  _now: Date,
): Promise<Appointment> {
  const appointment = await db.hotPaths.findAppointment(db.orm, input.appointmentId, input.account.id);
  if (!appointment) throw notFound('appointment');
  return appointment;
}

/** The appointment that a calendar object is made of. @throws Problem not-found */
export const getAppointmentCalendar = getAppointment;

export interface CancelInput {
  account: Account;
  appointmentId: string;
  reason: string | null;
  /** Whether the appointment as it is now is the one that the caller means. */
  isExpected: (appointment: Appointment) => boolean;
}

/**
 * @throws Problem not-found, stale-version, invalid-transition
 * @rule appointments/cancel-or-join
 */
export async function cancelAppointment(db: Db, input: CancelInput, now: Date): Promise<Appointment> {
  const { account, appointmentId, reason } = input;
  return inTransaction(db, async (orm) => {
    const appointment = await repository.lockAppointment(db, orm, appointmentId, account.id);
    if (!appointment) throw notFound('appointment');
    rules.checkVersion(input.isExpected(appointment));
    rules.checkCancel(appointment, now);
    await lockStreams(orm, [appointment.doctor.id, appointment.user.id]);
    const cancellation = { cancelledAt: now, cancelledBy: account.id, cancelReason: reason };
    await repository.updateCancelled(orm, appointment.id, cancellation);
    const cancelled = { ...appointment, ...cancellation };
    await db.hotPaths.insertEvents(orm, [toldToBoth('appointment.cancelled', cancelled, now)], now);
    return cancelled;
  });
}
