import type { SelectQueryBuilder } from 'typeorm';
import { violatedConstraint } from '../../db/database-errors.ts';
import type { Db } from '../../db/db.ts';
import { inTransaction } from '../../db/transaction.ts';
import { profileOf } from '../accounts/account.ts';
import { accountEntity } from '../accounts/accounts.entity.ts';
import type { NewEvent } from '../events/event.ts';
import { insertEvents, lockStreams } from '../events/events.repository.ts';
import type { Appointment, AppointmentQuery, Participants, Status } from './appointment.ts';
import { appointmentEntity, type AppointmentRow } from './appointments.entity.ts';
import { appointmentOf } from './appointments.rows.ts';
import { noSuchAppointment, slotTaken } from './appointments.rules.ts';

/**
 * The ORM's version of a hot path.
 *
 * @see FindAppointment
 */
export async function findAppointment(
  db: Db,
  appointmentId: string,
  accountId: string,
): Promise<Appointment | undefined> {
  const row = await withEverything(db)
    .where('appointment.id = :appointmentId', { appointmentId })
    .andWhere(':accountId IN (appointment.doctorId, appointment.userId)', { accountId })
    .getOne();
  return row ? appointmentOf(row) : undefined;
}

/**
 * The ORM's version of a hot path.
 *
 * @see LockRow
 */
export async function lockRow(tx: Db, appointmentId: string, accountId: string): Promise<boolean> {
  const row = await tx.orm
    .createQueryBuilder(appointmentEntity, 'appointment')
    .select('appointment.id')
    .where('appointment.id = :appointmentId', { appointmentId })
    .andWhere(':accountId IN (appointment.doctorId, appointment.userId)', { accountId })
    .setLock('pessimistic_write')
    .getOne();
  return row !== null;
}

/**
 * Locks an appointment's row, for one of its participants only, until the transaction ends: whatever changes it, or its call, comes one after the other.
 *
 * @throws Problem not-found
 * @rule appointments/cancel-or-join
 */
export async function lockAppointment(tx: Db, appointmentId: string, accountId: string): Promise<Appointment> {
  const isThere = await tx.paths.lockRow(tx, appointmentId, accountId);
  // Read only now: what the row's last owner has written elsewhere is not seen by the statement that waited for it.
  const appointment = isThere ? await tx.paths.findAppointment(tx, appointmentId, accountId) : undefined;
  if (!appointment) throw noSuchAppointment();
  return appointment;
}

/**
 * The ORM's version of a hot path.
 *
 * @see ListAppointments
 */
export async function listAppointments(db: Db, query: AppointmentQuery, now: Date): Promise<Appointment[]> {
  const builder = withEverything(db)
    .where('(appointment.doctorId = :accountId OR appointment.userId = :accountId)', { accountId: query.accountId })
    .orderBy('appointment.startsAt')
    .addOrderBy('appointment.id')
    .limit(query.count);
  if (query.from) builder.andWhere('appointment.startsAt >= :from', { from: query.from });
  if (query.to) builder.andWhere('appointment.startsAt < :to', { to: query.to });
  if (query.after) builder.andWhere('(appointment.startsAt, appointment.id) > (:startsAt, :id)', query.after);
  if (query.status) builder.andWhere(conditions[query.status], { now });
  return (await builder.getMany()).map(appointmentOf);
}

const completed = `(appointment.callEndedAt IS NOT NULL
  OR appointment.callStartedAt IS NOT NULL AND :now >= appointment.endsAt + interval '15 minutes')`;
const waiting = 'appointment.cancelledAt IS NULL AND appointment.callStartedAt IS NULL';

/** The rule appointments/status, told to the database. */
const conditions: Readonly<Record<Status, string>> = {
  cancelled: 'appointment.cancelledAt IS NOT NULL',
  completed,
  in_progress: `appointment.callStartedAt IS NOT NULL AND NOT ${completed}`,
  missed: `${waiting} AND :now >= appointment.endsAt`,
  scheduled: `${waiting} AND :now < appointment.endsAt`,
};

/**
 * The ORM's version of a hot path.
 *
 * @see FindParticipants
 */
export async function findParticipants(db: Db, doctorId: string, userId: string): Promise<Participants | undefined> {
  const rows = await db.orm
    .createQueryBuilder(accountEntity, 'account')
    .where('account.id IN (:...ids)', { ids: [doctorId, userId] })
    .getMany();
  const doctor = rows.find(({ id, role }) => id === doctorId && role === 'doctor');
  const user = rows.find(({ id, role }) => id === userId && role === 'user');
  return doctor && user && { doctor: profileOf(doctor), user: profileOf(user) };
}

/**
 * The ORM's version of a hot path.
 *
 * @see InsertAppointment
 */
export function insertAppointment(db: Db, appointment: Appointment, events: readonly NewEvent[]): Promise<void> {
  const { doctor, user, call, ...columns } = appointment;
  const row = { ...columns, doctorId: doctor.id, userId: user.id, callEpoch: call.epoch };
  return inTransaction(db, async (tx) => {
    await lockStreams(tx, [doctor.id, user.id]);
    try {
      await tx.orm.createQueryBuilder().insert().into(appointmentEntity).values(row).updateEntity(false).execute();
    } catch (error) {
      throw isOverlap(error) ? slotTaken(error) : error;
    }
    await insertEvents(tx, events, appointment.createdAt);
  });
}

/** Whether the database refused an appointment because somebody is busy. */
export function isOverlap(error: unknown): boolean {
  const constraint = violatedConstraint(error);
  return constraint === 'appointments_doctor_no_overlap' || constraint === 'appointments_user_no_overlap';
}

/** Changes what is named of an appointment's own row. */
export async function updateAppointment(tx: Db, appointmentId: string, change: Partial<AppointmentRow>): Promise<void> {
  await tx.orm
    .createQueryBuilder()
    .update(appointmentEntity)
    .set(change)
    .where('id = :appointmentId', { appointmentId })
    .execute();
}

function withEverything(db: Db): SelectQueryBuilder<AppointmentRow> {
  const place = (owner: string) =>
    `place_of_${owner}.appointmentId = appointment.id AND place_of_${owner}.accountId = appointment.${owner}Id`;
  return db.orm
    .createQueryBuilder(appointmentEntity, 'appointment')
    .innerJoinAndSelect('appointment.doctor', 'doctor')
    .innerJoinAndSelect('appointment.user', 'user')
    .leftJoinAndMapOne(
      'appointment.room',
      'Room',
      'room',
      'room.appointmentId = appointment.id AND room.endedAt IS NULL',
    )
    .leftJoinAndMapOne('appointment.doctorPlace', 'CallParticipant', 'place_of_doctor', place('doctor'))
    .leftJoinAndMapOne('appointment.userPlace', 'CallParticipant', 'place_of_user', place('user'));
}
