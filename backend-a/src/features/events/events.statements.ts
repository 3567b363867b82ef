import type { Db } from '../../db/db.ts';
import { runStatement, type Statement } from '../../db/statement.ts';
import { dataText, type EventType, type NewEvent, type ToldEvent } from './event.ts';
import { eventChannel } from './events.repository.ts';

/** Lists that PostgreSQL takes apart again, one element for each event of each account. */
export interface EventLists {
  readonly accountIds: string[];
  readonly types: EventType[];
  readonly data: string[];
  readonly signalIds: (string | null)[];
}

export function listsOf(events: readonly NewEvent[]): EventLists {
  const told = events.flatMap((event) => event.to.map((accountId) => ({ accountId, event, data: dataText(event) })));
  return {
    accountIds: told.map(({ accountId }) => accountId),
    types: told.map(({ event }) => event.type),
    data: told.map(({ data }) => data),
    signalIds: told.map(({ event }) => event.signalId ?? null),
  };
}

/**
 * The parts of a statement, after its WITH, that lock the streams in the order of their ids, raise them, and store the rows
 * of `told` (account_id, nth, type, data, signal_id); `stored` has the account ids. Everything reads from the locks, so that
 * PostgreSQL cannot begin it before all of them are taken.
 */
export function storingTold(now: string): string {
  return `locked AS MATERIALIZED (
      SELECT account_id, last_id FROM event_streams WHERE account_id IN (SELECT account_id FROM told)
      ORDER BY account_id FOR NO KEY UPDATE
    ), raised AS (
      UPDATE event_streams s
      SET last_id = l.last_id + (SELECT count(*) FROM told t WHERE t.account_id = l.account_id)
      FROM locked l WHERE s.account_id = l.account_id
    ), stored AS (
      INSERT INTO events (account_id, id, type, data, signal_id, told_at)
      SELECT t.account_id, l.last_id + t.nth, t.type, t.data, t.signal_id, ${now}
      FROM told t JOIN locked l USING (account_id)
      RETURNING account_id
    )`;
}

/** Wakes the streams of all that `stored` names. */
export const notifyStored = `pg_notify('${eventChannel}', (SELECT string_agg(DISTINCT account_id::text, ',') FROM stored))`;

const newEvents: Statement = {
  name: 'new-events',
  text: `WITH told AS MATERIALIZED (
      SELECT account_id, row_number() OVER (PARTITION BY account_id ORDER BY place) AS nth, type, data, signal_id
      FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[]) WITH ORDINALITY
        AS t (account_id, type, data, signal_id, place)
    ), ${storingTold('$5')}
    SELECT ${notifyStored}`,
};

/**
 * The prepared version of a hot path.
 *
 * @see InsertEvents
 */
export async function insertEvents(db: Db, events: readonly NewEvent[], now: Date): Promise<void> {
  const { accountIds, types, data, signalIds } = listsOf(events);
  if (accountIds.length === 0) return;
  await runStatement(db.orm, newEvents, [accountIds, types, data, signalIds, now]);
}

type FlatEvent = {
  id: string;
  type: EventType;
  data: string;
  signal: string | null;
  ends_at: Date | null;
};

const nextEvents: Statement = {
  name: 'next-events',
  text: `SELECT e.id, e.type, e.data, s.data AS signal, a.ends_at
    FROM events e
    LEFT JOIN signals s ON s.id = e.signal_id
    LEFT JOIN appointments a ON a.id = s.appointment_id
    WHERE e.account_id = $1 AND e.id > $2 ORDER BY e.id LIMIT $3`,
};

/**
 * The prepared version of a hot path.
 *
 * @see ListEvents
 */
export async function listEvents(db: Db, accountId: string, afterId: number, count: number): Promise<ToldEvent[]> {
  const rows = await runStatement<FlatEvent>(db.orm, nextEvents, [accountId, afterId, count]);
  return rows.map(({ id, type, data, signal, ends_at: endsAt }) => ({
    id: Number(id),
    type,
    data,
    signal: endsAt && { data: signal, appointmentEndsAt: endsAt },
  }));
}
