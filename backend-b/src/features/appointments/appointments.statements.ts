import { Prisma } from '../../db/generated/client.ts';
import { clamped } from '../../db/instants.ts';
import { toRole } from '../accounts/accounts.rules.ts';
import { slotTaken, type Status } from './appointments.rules.ts';
import {
  isOverlap,
  peopleOf,
  type FindAppointment,
  type FindBookingFacts,
  type InsertBooking,
  type ListAppointments,
} from './appointments.repository.ts';
import { toAppointment, wholeAppointment, type AppointmentRow } from './appointments.rows.ts';
import { notifyTold } from '../events/events.statements.ts';
import type { Claim, KeptAnswer } from './idempotency.repository.ts';

const BEFORE_ALL = { startsAt: new Date('0001-01-01T00:00:00.000Z'), id: '00000000-0000-0000-0000-000000000000' };
const AFTER_ALL = new Date('9999-12-31T23:59:59.999Z');

export const findAppointment: FindAppointment = async (orm, id, accountId) => {
  const [row] = await orm.$queryRaw<AppointmentRow[]>`/* find_appointment */ ${wholeAppointment}
    WHERE a.id = ${id}::uuid AND ${accountId}::uuid IN (a.doctor_id, a.user_id)`;
  return row && toAppointment(row);
};

/**
 * One statement for each role and status, so that each is planned for what it asks.
 * @rule appointments/listing
 */
export const listAppointments: ListAppointments = async (orm, { account, status, from, to, after, limit }, now) => {
  const name = Prisma.raw(`/* list_appointments_${account.role}_${status ?? 'all'} */`);
  const owner = Prisma.raw(account.role === 'doctor' ? 'a.doctor_id' : 'a.user_id');
  const position = after ?? BEFORE_ALL;
  const rows = await orm.$queryRaw<AppointmentRow[]>`${name} ${wholeAppointment}
    WHERE ${owner} = ${account.id}::uuid
      AND a.starts_at >= ${from ? clamped(from) : BEFORE_ALL.startsAt}::timestamptz
      AND a.starts_at < ${to ? clamped(to) : AFTER_ALL}::timestamptz
      AND (a.starts_at, a.id) > (${position.startsAt}::timestamptz, ${position.id}::uuid)
      AND ${status ? statusCondition(status, now) : Prisma.sql`true`}
    ORDER BY a.starts_at, a.id LIMIT ${limit}`;
  return rows.map(toAppointment);
};

function statusCondition(status: Status, now: Date): Prisma.Sql {
  const at = Prisma.sql`${now}::timestamptz`;
  switch (status) {
    case 'cancelled':
      return Prisma.sql`a.cancelled_at IS NOT NULL`;
    case 'completed':
      return Prisma.sql`a.cancelled_at IS NULL AND (a.call_ended_at IS NOT NULL
        OR (a.call_started_at IS NOT NULL AND a.ends_at + interval '15 minutes' <= ${at}))`;
    case 'in_progress':
      return Prisma.sql`a.cancelled_at IS NULL AND a.call_ended_at IS NULL AND a.call_started_at IS NOT NULL
        AND a.ends_at + interval '15 minutes' > ${at}`;
    case 'missed':
      return Prisma.sql`a.cancelled_at IS NULL AND a.call_started_at IS NULL AND a.ends_at <= ${at}`;
    case 'scheduled':
      return Prisma.sql`a.cancelled_at IS NULL AND a.call_started_at IS NULL AND a.ends_at > ${at}`;
  }
}

interface FactsRow {
  id: string | null;
  role: string;
  display_name: string;
  specialty: string | null;
  request_hash: KeptAnswer['requestHash'] | null;
  status: number;
  location: string;
  etag: string;
  body: string;
  is_taken: boolean;
}

export const findBookingFacts: FindBookingFacts = async (orm, query) => {
  const { accountId, counterpart, key, keptSince } = query;
  const { doctorId, userId } = peopleOf(query);
  const span = Prisma.sql`tstzrange(${clamped(query.startsAt)}::timestamptz, ${clamped(query.endsAt)}::timestamptz)`;
  const [row] = await orm.$queryRaw<FactsRow[]>`/* find_booking_facts */
    SELECT a.id, a.role, a.display_name, a.specialty, k.request_hash, k.status, k.location, k.etag, k.body,
      EXISTS (SELECT FROM appointments b WHERE b.doctor_id = ${doctorId}::uuid
        AND tstzrange(b.starts_at, b.ends_at) && ${span} AND b.cancelled_at IS NULL)
      OR EXISTS (SELECT FROM appointments b WHERE b.user_id = ${userId}::uuid
        AND tstzrange(b.starts_at, b.ends_at) && ${span} AND b.cancelled_at IS NULL) AS is_taken
    FROM (SELECT 1) always
    LEFT JOIN accounts a ON a.id = ${counterpart.id}::uuid AND a.role = ${counterpart.role}
    LEFT JOIN idempotency_keys k ON k.account_id = ${accountId}::uuid AND k.key = ${key ?? null}::text
      AND k.created_at > ${keptSince}::timestamptz`;
  if (!row) throw new Error('A statement that always has a row had none');
  const {
    id,
    role,
    display_name: displayName,
    specialty,
    request_hash: requestHash,
    status,
    location,
    etag,
    body,
    is_taken: isTaken,
  } = row;
  return {
    kept: requestHash ? { requestHash, status, location, etag, body } : undefined,
    counterpart: id === null ? undefined : { id, role: toRole(role), displayName, specialty },
    isTaken,
  };
};

/**
 * Each part waits for the one before: the key, both people's streams by account id, the insert, the event. With the streams
 * locked nobody else inserts for either person, so the exclusion constraints never have to wait, and only answer: with a
 * key by an error, which takes the key back, else by inserting nothing.
 * @rule appointments/one-winner
 */
export const insertBooking: InsertBooking = async (db, appointment, claim, created) => {
  const { id, doctor, user, startsAt, endsAt, durationMinutes, reason, createdAt } = appointment;
  const name = Prisma.raw(claim ? '/* insert_booking_with_key */' : '/* insert_booking */');
  const rows = await db.orm.$queryRaw<unknown[]>`${name}
    WITH ${claim ? claimed(claim) : Prisma.empty} streams AS (
      SELECT account_id FROM event_streams
      WHERE account_id IN (${doctor.id}::uuid, ${user.id}::uuid)
        ${claim ? Prisma.sql`AND EXISTS (SELECT FROM claimed)` : Prisma.empty}
      ORDER BY account_id FOR UPDATE
    ), booked AS (
      INSERT INTO appointments (id, doctor_id, user_id, starts_at, ends_at, duration_minutes, reason, created_at)
      SELECT ${id}::uuid, ${doctor.id}::uuid, ${user.id}::uuid, ${startsAt}::timestamptz, ${endsAt}::timestamptz,
        ${durationMinutes}::int, ${reason}::text, ${createdAt}::timestamptz
      FROM (SELECT count(*) AS locked FROM streams) s WHERE s.locked = 2
      ${claim ? Prisma.empty : Prisma.sql`ON CONFLICT DO NOTHING`}
      RETURNING id
    ), raised AS (
      UPDATE event_streams s SET last_id = s.last_id + 1 FROM streams l, booked
      WHERE s.account_id = l.account_id
      RETURNING s.account_id, s.last_id
    ), told AS (
      INSERT INTO events (account_id, id, type, data, created_at)
      SELECT account_id, last_id, ${created.type}, ${JSON.stringify(created.data)}::text, ${createdAt}::timestamptz FROM raised
      RETURNING account_id
    )
    ${notifyTold}`.catch((error: unknown) => {
    throw isOverlap(error) ? slotTaken() : error;
  });
  if (rows.length === 1) return 'booked';
  if (claim) return 'key-taken';
  throw slotTaken();
};

function claimed({
  accountId,
  key,
  requestHash,
  status,
  location,
  etag,
  body,
  createdAt,
  keptSince,
}: Claim): Prisma.Sql {
  return Prisma.sql`claimed AS (
      INSERT INTO idempotency_keys (account_id, key, request_hash, status, location, etag, body, created_at)
      VALUES (${accountId}::uuid, ${key}, ${requestHash}, ${status}, ${location}, ${etag}, ${body}, ${createdAt}::timestamptz)
      ON CONFLICT (account_id, key) DO UPDATE SET
        request_hash = excluded.request_hash, status = excluded.status, location = excluded.location,
        etag = excluded.etag, body = excluded.body, created_at = excluded.created_at, stored_at = CURRENT_TIMESTAMP
        WHERE idempotency_keys.created_at <= ${keptSince}::timestamptz
      RETURNING 1
    ),`;
}
