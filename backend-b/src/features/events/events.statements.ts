import { Prisma } from '../../db/generated/client.ts';
import { CHANNEL, toStoredEvent, type EventRow, type InsertEvents, type ListEvents } from './events.repository.ts';

/** The end of a statement: what it stored as `told` is made known to every replica when it commits. */
export const notifyTold = Prisma.sql`SELECT pg_notify(${CHANNEL}, string_agg(DISTINCT account_id::text, ','))::text
  FROM told HAVING count(*) > 0`;

export const insertEvents: InsertEvents = async (orm, events, now) => {
  const told = events.flatMap(({ audience, ...event }) => audience.map((accountId) => ({ accountId, ...event })));
  await orm.$queryRaw`/* insert_events */
    WITH given AS (
      SELECT account_id, type, data, nullif(signal_id, '')::uuid AS signal_id, position
      FROM unnest(${told.map(({ accountId }) => accountId)}::uuid[], ${told.map(({ type }) => type)}::text[],
        ${told.map(({ data }) => JSON.stringify(data))}::text[], ${told.map(({ signalId }) => signalId ?? '')}::text[])
        WITH ORDINALITY AS g (account_id, type, data, signal_id, position)
    ), raised AS (
      UPDATE event_streams s SET last_id = s.last_id + c.count
      FROM (SELECT account_id, count(*) AS count FROM given GROUP BY account_id) c
      WHERE s.account_id = c.account_id
      RETURNING s.account_id, s.last_id - c.count AS before
    ), told AS (
      INSERT INTO events (account_id, id, type, data, signal_id, created_at)
      SELECT g.account_id, r.before + row_number() OVER (PARTITION BY g.account_id ORDER BY g.position),
        g.type, g.data, g.signal_id, ${now}::timestamptz
      FROM given g JOIN raised r ON r.account_id = g.account_id
      RETURNING account_id
    )
    ${notifyTold}`;
};

export const listEvents: ListEvents = async (orm, { accountId, afterId, limit, now }) => {
  const rows = await orm.$queryRaw<EventRow[]>`/* list_events */
    SELECT e.id, e.type, e.data, CASE WHEN e.signal_id IS NOT NULL THEN (
      SELECT s.payload FROM signals s JOIN appointments a ON a.id = s.appointment_id
      WHERE s.id = e.signal_id
        AND (${now ?? null}::timestamptz IS NULL OR a.ends_at + interval '15 minutes' > ${now ?? null}::timestamptz)
    ) END AS payload
    FROM events e WHERE e.account_id = ${accountId}::uuid AND e.id > ${afterId}::bigint
    ORDER BY e.id LIMIT ${limit}`;
  return rows.map(toStoredEvent);
};
