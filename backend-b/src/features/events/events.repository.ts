import type { Orm } from '../../db/client.ts';
import type { Prisma } from '../../db/generated/client.ts';
import { eventsKeptSince, type NewEvent, type Opening, type StoredEvent } from './events.rules.ts';

/** Where replicas are told that accounts have new events: their ids, separated by commas, and nothing else. */
export const CHANNEL = 'account_events';

export interface EventsQuery {
  accountId: string;
  afterId: number;
  limit: number;
  /** When given, signals of calls that time has ended by then have lost their data. */
  now?: Date;
}

/** The hot paths of this area: here by the ORM, in events.statements.ts as one statement each. */
export type InsertEvents = (orm: Orm, events: readonly NewEvent[], now: Date) => Promise<void>;
export type ListEvents = (orm: Orm, query: EventsQuery) => Promise<StoredEvent[]>;

const GRACE_MS = 15 * 60_000;

/** Locks the streams of these accounts until the transaction ends, by account id, in one statement. */
export async function lockStreams(orm: Orm, accountIds: readonly string[]): Promise<void> {
  await orm.$queryRaw`/* lock_streams */
    SELECT 1 FROM event_streams WHERE account_id = ANY (${[...accountIds]}::uuid[]) ORDER BY account_id FOR UPDATE`;
}

/**
 * The last statements of a change: raise the streams of all concerned, which locks them by account id where the
 * transaction has not, and store the events in this order.
 * @rule events/with-the-write
 */
export const insertEvents: InsertEvents = async (orm, events, now) => {
  const told = events.flatMap(({ audience, ...event }) => audience.map((accountId) => ({ accountId, ...event })));
  const accountIds = [...new Set(told.map(({ accountId }) => accountId))].sort();
  if (accountIds.length === 0) return;
  const rows: Prisma.EventCreateManyInput[] = [];
  for (const accountId of accountIds) {
    const own = told.filter((event) => event.accountId === accountId);
    const { lastId } = await orm.eventStream.update({
      where: { accountId },
      data: { lastId: { increment: own.length } },
    });
    const firstId = lastId - BigInt(own.length) + 1n;
    for (const [index, { type, data, signalId = null }] of own.entries()) {
      const id = firstId + BigInt(index);
      rows.push({ accountId, id, type, data: JSON.stringify(data), signalId, createdAt: now });
    }
  }
  await orm.event.createMany({ data: rows });
  await orm.$queryRaw`SELECT pg_notify(${CHANNEL}, ${accountIds.join(',')})::text`;
};

/** The next events of an account, in order. */
export const listEvents: ListEvents = async (orm, { accountId, afterId, limit, now }) => {
  const rows = await orm.event.findMany({
    where: { accountId, id: { gt: afterId } },
    orderBy: { id: 'asc' },
    take: limit,
    include: { signal: { include: { appointment: { select: { endsAt: true } } } } },
    relationLoadStrategy: 'join',
  });
  return rows.map(({ id, type, data, signal }) => {
    const isOver = now && signal && signal.appointment.endsAt.getTime() + GRACE_MS <= now.getTime();
    return toStoredEvent({ id, type, data, payload: isOver ? null : (signal?.payload ?? null) });
  });
};

export interface EventRow {
  id: bigint;
  type: string;
  data: string;
  payload: string | null;
}

export function toStoredEvent({ id, type, data, payload }: EventRow): StoredEvent {
  if (type !== 'call.signal') return { id: Number(id), type, data };
  return { id: Number(id), type, data: `${data.slice(0, -1)},${(payload ?? '{"data":null}').slice(1)}` };
}

/** What is known of an account's events, read after the stream is ready to be told of new ones. */
export async function findOpening(
  orm: Orm,
  { accountId, lastId }: { accountId: string; lastId: number | undefined },
  now: Date,
): Promise<Opening> {
  const stream = await orm.eventStream.findUniqueOrThrow({ where: { accountId } });
  const newestId = Number(stream.lastId);
  if (lastId === undefined || lastId >= newestId) return { newestId, keptId: undefined };
  const kept = await orm.event.findUnique({
    where: { accountId_id: { accountId, id: Math.max(1, lastId) }, createdAt: { gt: eventsKeptSince(now) } },
    select: { id: true },
  });
  return { newestId, keptId: kept ? lastId : undefined };
}
