import type { Db } from '../../db/db.ts';
import { runStatement, type Statement } from '../../db/statement.ts';
import type { Profile } from '../accounts/account.ts';
import type { NewEvent } from '../events/event.ts';
import { listsOf, notifyStored, storingTold } from '../events/events.statements.ts';
import type { Appointment, AppointmentQuery, Participants } from './appointment.ts';
import { isOverlap } from './appointments.repository.ts';
import { slotTaken } from './appointments.rules.ts';
import { appointmentOfFlat, type FlatAppointment } from './appointments.flat-rows.ts';

const columns = `a.id, a.starts_at, a.ends_at, a.duration_minutes, a.reason, a.created_at, a.cancelled_at, a.cancelled_by,
  a.cancel_reason, a.call_started_at, a.call_ended_at, a.call_epoch,
  d.id AS doctor_id, d.display_name AS doctor_name, d.specialty AS doctor_specialty,
  u.id AS user_id, u.display_name AS user_name, u.specialty AS user_specialty,
  r.id AS room_id, r.name AS room_name, r.sid AS room_sid, r.opened_at AS room_opened_at,
  dp.room_id AS doctor_room_id, dp.connection_id AS doctor_connection_id, dp.joined_at AS doctor_joined_at,
  dp.connected_at AS doctor_connected_at, dp.seen_at AS doctor_seen_at, dp.left_at AS doctor_left_at,
  up.room_id AS user_room_id, up.connection_id AS user_connection_id, up.joined_at AS user_joined_at,
  up.connected_at AS user_connected_at, up.seen_at AS user_seen_at, up.left_at AS user_left_at`;

const joins = `JOIN accounts d ON d.id = a.doctor_id
  JOIN accounts u ON u.id = a.user_id
  LEFT JOIN rooms r ON r.appointment_id = a.id AND r.ended_at IS NULL
  LEFT JOIN call_participants dp ON dp.appointment_id = a.id AND dp.account_id = a.doctor_id
  LEFT JOIN call_participants up ON up.appointment_id = a.id AND up.account_id = a.user_id`;

const oneAppointment: Statement = {
  name: 'one-appointment',
  text: `SELECT ${columns} FROM appointments a ${joins} WHERE a.id = $1 AND $2 IN (a.doctor_id, a.user_id)`,
};

/**
 * The prepared version of a hot path.
 *
 * @see FindAppointment
 */
export async function findAppointment(
  db: Db,
  appointmentId: string,
  accountId: string,
): Promise<Appointment | undefined> {
  const [row] = await runStatement<FlatAppointment>(db.orm, oneAppointment, [appointmentId, accountId]);
  return row && appointmentOfFlat(row);
}

const lockedRow: Statement = {
  name: 'locked-row',
  text: 'SELECT FROM appointments WHERE id = $1 AND $2 IN (doctor_id, user_id) FOR UPDATE',
};

/**
 * The prepared version of a hot path.
 *
 * @see LockRow
 */
export async function lockRow(tx: Db, appointmentId: string, accountId: string): Promise<boolean> {
  return (await runStatement(tx.orm, lockedRow, [appointmentId, accountId])).length > 0;
}

const status = `CASE WHEN a.cancelled_at IS NOT NULL THEN 'cancelled'
    WHEN a.call_ended_at IS NOT NULL THEN 'completed'
    WHEN a.call_started_at IS NOT NULL THEN
      CASE WHEN $8::timestamptz >= a.ends_at + interval '15 minutes' THEN 'completed' ELSE 'in_progress' END
    WHEN $8::timestamptz >= a.ends_at THEN 'missed' ELSE 'scheduled' END`;

/** One branch a role, so that each has its index in order; an account has appointments in one of them only. */
const pageOfAppointments: Statement = {
  name: 'page-of-appointments',
  text: `SELECT ${columns} FROM (
      (SELECT * FROM appointments a WHERE a.doctor_id = $1 AND ${filtersOf()} ORDER BY a.starts_at, a.id LIMIT $7)
      UNION ALL
      (SELECT * FROM appointments a WHERE a.user_id = $1 AND ${filtersOf()} ORDER BY a.starts_at, a.id LIMIT $7)
    ) a ${joins} ORDER BY a.starts_at, a.id LIMIT $7`,
};

function filtersOf(): string {
  return `($2::text IS NULL OR ${status} = $2) AND a.starts_at >= $3 AND a.starts_at < $4
    AND (a.starts_at, a.id) > ($5::timestamptz, $6::uuid)`;
}

const everBefore = '-infinity';
const everAfter = 'infinity';
const firstId = '00000000-0000-0000-0000-000000000000';

/**
 * The prepared version of a hot path.
 *
 * @see ListAppointments
 */
export async function listAppointments(db: Db, query: AppointmentQuery, now: Date): Promise<Appointment[]> {
  const rows = await runStatement<FlatAppointment>(db.orm, pageOfAppointments, [
    query.accountId,
    query.status ?? null,
    query.from ?? everBefore,
    query.to ?? everAfter,
    query.after?.startsAt ?? everBefore,
    query.after?.id ?? firstId,
    query.count,
    now,
  ]);
  return rows.map(appointmentOfFlat);
}

const bothParticipants: Statement = {
  name: 'both-participants',
  text: `SELECT id, role, display_name AS "displayName", specialty FROM accounts
    WHERE id = $1 AND role = 'doctor' OR id = $2 AND role = 'user'`,
};

/**
 * The prepared version of a hot path.
 *
 * @see FindParticipants
 */
export async function findParticipants(db: Db, doctorId: string, userId: string): Promise<Participants | undefined> {
  const profiles = await runStatement<Profile & object>(db.orm, bothParticipants, [doctorId, userId]);
  const doctor = profiles.find(({ role }) => role === 'doctor');
  const user = profiles.find(({ role }) => role === 'user');
  return doctor && user && { doctor, user };
}

/** The insert reads from the locks, so that PostgreSQL cannot begin it before both are taken. */
const newAppointment: Statement = {
  name: 'new-appointment',
  text: `WITH told AS MATERIALIZED (
      SELECT account_id, 1 AS nth, type, data, NULL::uuid AS signal_id
      FROM unnest($9::uuid[], $10::text[], $11::text[]) AS t (account_id, type, data)
    ), ${storingTold('$8')}, booked AS (
      INSERT INTO appointments (id, doctor_id, user_id, starts_at, ends_at, duration_minutes, reason, created_at)
      SELECT $1, $2, $3, $4, $5, $6, $7, $8 FROM (SELECT count(*) AS taken FROM locked) s WHERE s.taken = 2
    )
    SELECT ${notifyStored}`,
};

/**
 * The prepared version of a hot path.
 *
 * @see InsertAppointment
 */
export async function insertAppointment(db: Db, appointment: Appointment, events: readonly NewEvent[]): Promise<void> {
  const { id, doctor, user, startsAt, endsAt, durationMinutes, reason, createdAt } = appointment;
  const { accountIds, types, data } = listsOf(events);
  const booking = [id, doctor.id, user.id, startsAt, endsAt, durationMinutes, reason, createdAt];
  try {
    await runStatement(db.orm, newAppointment, [...booking, accountIds, types, data]);
  } catch (error) {
    throw isOverlap(error) ? slotTaken(error) : error;
  }
}
