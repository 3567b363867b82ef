import { inTransaction, type Db, type Orm } from '../../db/client.ts';
import { violatedConstraint } from '../../db/errors.ts';
import { clamped } from '../../db/instants.ts';
import type { Prisma } from '../../db/generated/client.ts';
import { toRole, type Profile, type Role } from '../accounts/accounts.rules.ts';
import { toCall, callColumns } from '../calls/calls.repository.ts';
import { insertEvents, lockStreams } from '../events/events.repository.ts';
import type { NewEvent } from '../events/events.rules.ts';
import { slotTaken, type Appointment, type Status } from './appointments.rules.ts';
import { claimKey, findKeptAnswer, type Claim, type KeptAnswer } from './idempotency.repository.ts';
import { wherePosition, whereStatus } from './appointments.filters.ts';

export interface AppointmentsQuery {
  account: { id: string; role: Role };
  status: Status | undefined;
  from: Date | undefined;
  to: Date | undefined;
  /** The last appointment of the page before. */
  after: { startsAt: Date; id: string } | undefined;
  limit: number;
}

export interface BookingQuery {
  accountId: string;
  counterpart: { id: string; role: Role };
  startsAt: Date;
  endsAt: Date;
  key: string | undefined;
  keptSince: Date;
}

export interface BookingFacts {
  /** The first answer to the key, if it is kept. */
  kept: KeptAnswer | undefined;
  /** The person the appointment is to be made with. */
  counterpart: Profile | undefined;
  /** Whether one of the two has another appointment at that time: most who lose a race learn it here, and lock nothing. */
  isTaken: boolean;
}

/** The hot paths of this area: here by the ORM, in appointments.statements.ts as one statement each. */
export type FindAppointment = (orm: Orm, id: string, accountId: string) => Promise<Appointment | undefined>;
export type ListAppointments = (orm: Orm, query: AppointmentsQuery, now: Date) => Promise<Appointment[]>;
export type FindBookingFacts = (orm: Orm, query: BookingQuery) => Promise<BookingFacts>;
/** @throws Problem slot-taken. @returns 'key-taken' when somebody else has just used the key */
export type InsertBooking = (
  db: Db,
  appointment: Appointment,
  claim: Claim | undefined,
  created: NewEvent,
) => Promise<'booked' | 'key-taken'>;

const profileColumns = { select: { id: true, role: true, displayName: true, specialty: true } } as const;
const whole = { doctor: profileColumns, user: profileColumns, ...callColumns } satisfies Prisma.AppointmentInclude;
type Row = Prisma.AppointmentGetPayload<{ include: typeof whole }>;

/** To anyone but its participants an appointment does not exist. */
export const findAppointment: FindAppointment = async (orm, id, accountId) => {
  const row = await orm.appointment.findFirst({
    where: { id, OR: [{ doctorId: accountId }, { userId: accountId }] },
    include: whole,
    relationLoadStrategy: 'join',
  });
  return row ? toAppointment(row) : undefined;
};

/** @rule appointments/listing */
export const listAppointments: ListAppointments = async (orm, { account, status, from, to, after, limit }, now) => {
  const rows = await orm.appointment.findMany({
    where: {
      ...(account.role === 'doctor' ? { doctorId: account.id } : { userId: account.id }),
      startsAt: { ...(from && { gte: clamped(from) }), ...(to && { lt: clamped(to) }) },
      AND: [status ? whereStatus(status, now) : {}, after ? wherePosition(after) : {}],
    },
    include: whole,
    relationLoadStrategy: 'join',
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    take: limit,
  });
  return rows.map(toAppointment);
};

export const findBookingFacts: FindBookingFacts = async (orm, query) => {
  const { accountId, counterpart, key, keptSince } = query;
  const isTaken = await isOverlapping(orm, { ...peopleOf(query), ...query });
  // Asked for last: whoever took the time with the same key has kept the answer by now.
  const kept = key === undefined ? undefined : await findKeptAnswer(orm, accountId, key, keptSince);
  const row = kept ? null : await orm.account.findUnique({ where: counterpart, ...profileColumns });
  return { kept, counterpart: row ? { ...row, role: toRole(row.role) } : undefined, isTaken };
};

/** Which of the two people of a booking is which. */
export function peopleOf({ accountId, counterpart }: BookingQuery): { doctorId: string; userId: string } {
  return counterpart.role === 'doctor'
    ? { doctorId: counterpart.id, userId: accountId }
    : { doctorId: accountId, userId: counterpart.id };
}

async function isOverlapping(
  orm: Orm,
  { doctorId, userId, startsAt, endsAt }: { doctorId: string; userId: string; startsAt: Date; endsAt: Date },
): Promise<boolean> {
  const span = { startsAt: { lt: clamped(endsAt) }, endsAt: { gt: clamped(startsAt) } };
  const where = { OR: [{ doctorId }, { userId }], cancelledAt: null, ...span };
  return (await orm.appointment.count({ where })) > 0;
}

/**
 * Key, then both people's streams, then the insert: always in this order, so that nobody deadlocks.
 * @rule appointments/one-winner
 */
export const insertBooking: InsertBooking = (db, appointment, claim, created) =>
  inTransaction(db, async (orm) => {
    if (claim && !(await claimKey(orm, claim))) return 'key-taken';
    const { id, doctor, user, startsAt, endsAt, durationMinutes, reason, createdAt } = appointment;
    await lockStreams(orm, [doctor.id, user.id]);
    const data = { id, doctorId: doctor.id, userId: user.id, startsAt, endsAt, durationMinutes, reason, createdAt };
    if (await isOverlapping(orm, data)) throw slotTaken();
    await orm.appointment.create({ data }).catch((error: unknown) => {
      throw isOverlap(error) ? slotTaken() : error;
    });
    await insertEvents(orm, [created], createdAt);
    return 'booked';
  });

/** @rule appointments/no-overlap */
export function isOverlap(error: unknown): boolean {
  return /^appointments_(doctor|user)_overlap$/.test(violatedConstraint(error) ?? '');
}

/** Locks an appointment of this account until the transaction ends. */
export async function lockAppointment(
  { hotPaths }: Db,
  orm: Orm,
  id: string,
  accountId: string,
): Promise<Appointment | undefined> {
  // A statement of its own, so that the next one sees what the lock's last holder wrote.
  await orm.$queryRaw`/* lock_appointment */ SELECT 1 FROM appointments WHERE id = ${id}::uuid FOR UPDATE`;
  return hotPaths.findAppointment(orm, id, accountId);
}

export async function updateCancelled(
  orm: Orm,
  id: string,
  cancellation: { cancelledAt: Date; cancelledBy: string; cancelReason: string | null },
): Promise<void> {
  await orm.appointment.update({ where: { id }, data: cancellation, select: { id: true } });
}

function toAppointment(row: Row): Appointment {
  const { doctor, user } = row;
  return {
    id: row.id,
    doctor: { ...doctor, role: toRole(doctor.role) },
    user: { ...user, role: toRole(user.role) },
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    durationMinutes: row.durationMinutes,
    reason: row.reason,
    createdAt: row.createdAt,
    cancelledAt: row.cancelledAt,
    cancelledBy: row.cancelledBy,
    cancelReason: row.cancelReason,
    call: toCall(row, row.doctorId),
  };
}
