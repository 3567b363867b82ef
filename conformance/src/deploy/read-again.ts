import type { Person } from '../actors.ts';
import { type EventStream, openEvents } from '../driver/event-stream.ts';
import { auditStored, auditStreams } from '../ledger/audit.ts';
import { acknowledged } from '../ledger/ledger.ts';
import { nextLook } from '../look.ts';
import { settle, type World } from './act.ts';

/** What everything came to in the end: read by somebody who comes back and has seen nothing. */
export type FinalCounts = {
  type: 'end';
  backend: string;
  writesAcknowledged: number;
  writesReadBack: number;
  eventsLost: number;
  doubled: number;
  outOfOrder: number;
  problems: string[];
};

const PATIENCE_MS = 15_000;

/** Reads back every write of all acts, and every account's events on a fresh stream, with `Last-Event-ID: 0`. */
export async function readAgain(world: World): Promise<FinalCounts> {
  const { backend, ledger, pairs, call, streams } = world;
  await call.stop();
  await settle(world);
  const stored = await auditStored(ledger, pairs);
  const people = [...new Set(streams.followed.map(({ person }) => person))];
  const newest = new Map(streams.followed.map(({ person, lastEventId }) => [person, lastEventId]));
  const told = await Promise.all(people.map((person) => readStream(person, newest.get(person) ?? '0')));
  const streamed = auditStreams(ledger, pairs, told);
  const written = acknowledged(ledger);
  return {
    type: 'end',
    backend,
    writesAcknowledged: written,
    writesReadBack: written - stored.lost.length,
    eventsLost: streamed.lost.length,
    doubled: stored.doubled.length + streamed.doubled.length,
    outOfOrder: streamed.outOfOrder.length,
    problems: [
      ...[stored, streamed].flatMap((found) => [
        ...found.lost,
        ...found.doubled,
        ...found.outOfOrder,
        ...found.overlaps,
      ]),
      ...call.audit(told),
    ],
  };
}

/** All events of an account up to that one; fewer when they do not come within 15 s. */
async function readStream(person: Person, upTo: string): Promise<{ person: Person; events: EventStream['events'] }> {
  const stream = await openEvents(person, { lastEventId: '0' });
  const until = performance.now() + PATIENCE_MS;
  while (Number(stream.lastEventId ?? 0) < Number(upTo) && performance.now() < until) await nextLook();
  stream.close();
  return { person, events: [...stream.events] };
}
