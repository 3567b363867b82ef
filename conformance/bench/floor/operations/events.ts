import { frameOf } from '../events/frame.ts';
import { Stream } from '../events/stream.ts';
import type { Reply } from '../http/reply.ts';
import type { Visit } from '../http/visit.ts';
import { writeInstant } from '../instants.ts';
import { unauthenticated } from '../problem.ts';
import { openStream } from '../statements/events.ts';

const keptMs = 24 * 60 * 60_000;

type Opened = { accountId: string; sessionId: string; expiresAt: number; lastId: number; writtenAt: number | null };

const headers = ['Cache-Control', 'no-cache, no-transform'];

export async function streamEvents(visit: Visit): Promise<Reply> {
  const { tokenHash, now, floor } = visit;
  const told = visit.optionalText('Last-Event-ID');
  const named = told !== undefined && /^(0|[1-9]\d{0,14})$/.test(told) ? Number(told) : undefined;
  // 0 stands before event 1, and is followed by everything only as long as that one is kept.
  const [found] = await floor.database.query<Opened>(openStream, [tokenHash, now, Math.max(1, named ?? 1)]);
  if (!found) throw unauthenticated();
  visit.accountId = found.accountId;
  const isKept = found.writtenAt !== null && found.writtenAt > now - keptMs;
  const isKnown = named !== undefined && named <= found.lastId && (named === found.lastId || isKept);
  const position = {
    isReset: told !== undefined && !isKnown,
    lastId: named !== undefined && isKnown ? named : found.lastId,
  };
  return { status: 200, type: 'text/event-stream', body: '', headers, follow: () => follow(visit, found, position) };
}

function follow(
  { response, floor, now }: Visit,
  found: Opened,
  { isReset, lastId }: { isReset: boolean; lastId: number },
): void {
  response.write(': welcome\n\n');
  if (!response.socket) return;
  // A session of another clock ends as far from now as it would by that clock.
  const expiresAt = Date.now() + found.expiresAt - now;
  const start = { sessionId: found.sessionId, lastId: isReset ? lastId - 1 : lastId, openedAt: now, expiresAt };
  const stream = new Stream(response, start);
  if (isReset) {
    const data = `{"at":"${writeInstant(now)}"}`;
    stream.write(frameOf({ accountId: found.accountId, id: lastId, type: 'stream.reset', data }));
  }
  floor.hub.open(found.accountId, found.lastId, stream, (gone) => response.on('close', gone));
}
