import type { Db } from '../../db/db.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { AppointmentRow } from '../appointments/appointments.entity.ts';
import type { SignalRow } from '../calls/signals.entity.ts';
import { sessionEntity } from '../sessions/sessions.entity.ts';
import { dataText, type NewEvent, type ToldEvent } from './event.ts';
import { eventEntity, eventStreamEntity, type EventRow, type EventStreamRow } from './events.entity.ts';
import type { StreamState } from './events.rules.ts';

/** The channel on which the streams of all replicas are woken; its messages are account ids. */
export const eventChannel = 'duet_events';

/** Locks the event streams of accounts, always in the order of their ids, until the transaction ends. */
export function lockStreams(tx: Db, accountIds: readonly string[]): Promise<EventStreamRow[]> {
  return tx.orm
    .createQueryBuilder(eventStreamEntity, 'stream')
    .where('stream.accountId IN (:...accountIds)', { accountIds })
    .orderBy('stream.accountId')
    .setLock('pessimistic_write')
    .getMany();
}

/**
 * The ORM's version of a hot path.
 *
 * @see InsertEvents
 */
export async function insertEvents(db: Db, events: readonly NewEvent[], now: Date): Promise<void> {
  const accountIds = [...new Set(events.flatMap(({ to }) => to))];
  if (accountIds.length > 0) await inTransaction(db, (tx) => insertEventsOf(tx, accountIds, events, now));
}

async function insertEventsOf(
  tx: Db,
  accountIds: readonly string[],
  events: readonly NewEvent[],
  now: Date,
): Promise<void> {
  const streams: EventStreamRow[] = [];
  const rows: Omit<EventRow, 'recordedAt'>[] = [];
  for (const { accountId, lastId } of await lockStreams(tx, accountIds)) {
    const own = events.filter(({ to }) => to.includes(accountId));
    for (const [index, event] of own.entries()) {
      const id = String(Number(lastId) + index + 1);
      const { type, signalId = null } = event;
      rows.push({ accountId, id, type, data: dataText(event), signalId, toldAt: now });
    }
    streams.push({ accountId, lastId: String(Number(lastId) + own.length) });
  }
  await tx.orm.createQueryBuilder().insert().into(eventEntity).values(rows).updateEntity(false).execute();
  // One statement for all: the rows are there and locked, so that each conflicts and is raised.
  await tx.orm
    .createQueryBuilder()
    .insert()
    .into(eventStreamEntity)
    .values(streams)
    .orUpdate(['last_id'], ['account_id'])
    .updateEntity(false)
    .execute();
  await tx.orm.query('SELECT pg_notify($1, $2)', [eventChannel, accountIds.join(',')]);
}

/**
 * The ORM's version of a hot path.
 *
 * @see ListEvents
 */
export async function listEvents(db: Db, accountId: string, afterId: number, count: number): Promise<ToldEvent[]> {
  const rows = await db.orm
    .createQueryBuilder(eventEntity, 'event')
    .leftJoinAndMapOne('event.signal', 'Signal', 'signal', 'signal.id = event.signalId')
    .leftJoinAndMapOne('event.appointment', 'Appointment', 'appointment', 'appointment.id = signal.appointmentId')
    .where('event.accountId = :accountId AND event.id > :afterId', { accountId, afterId })
    .orderBy('event.id')
    .limit(count)
    .getMany();
  return rows.map(toldEventOf);
}

function toldEventOf(row: EventRow & { signal?: SignalRow | null; appointment?: AppointmentRow | null }): ToldEvent {
  const { id, type, data, signal, appointment } = row;
  const kept = signal && appointment ? { data: signal.data, appointmentEndsAt: appointment.endsAt } : null;
  return { id: Number(id), type, data, signal: kept };
}

/** What a stream has to know when it opens. `eventId` names the event that it asks about. */
export async function getStreamState(
  db: Db,
  { accountId, sessionId, eventId }: { accountId: string; sessionId: string; eventId: number },
): Promise<StreamState> {
  // The session is read after the stream: who is logged out in between has either an event to come, or no session.
  const stream = await db.orm
    .createQueryBuilder(eventStreamEntity, 'stream')
    .where('stream.accountId = :accountId', { accountId })
    .getOneOrFail();
  const event = await db.orm
    .createQueryBuilder(eventEntity, 'event')
    .select(['event.accountId', 'event.id', 'event.toldAt'])
    .where('event.accountId = :accountId AND event.id = :eventId', { accountId, eventId })
    .getOne();
  const session = await db.orm
    .createQueryBuilder(sessionEntity, 'session')
    .where('session.id = :sessionId', { sessionId })
    .getOneOrFail();
  return {
    newestId: Number(stream.lastId),
    toldAt: event?.toldAt,
    sessionEndsAt: session.revokedAt ? undefined : session.expiresAt,
  };
}
