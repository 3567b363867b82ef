import type { Db } from '../../db/db.ts';
import type { Caller } from '../../http/authenticate.ts';
import { noValidSession } from '../../http/authenticate.ts';
import { getStreamState } from './events.repository.ts';
import { decidingEventOf, startOf, type Start } from './events.rules.ts';

/**
 * Where a stream of the caller's events begins, and when its session ends.
 *
 * @throws Problem unauthenticated when the session was revoked since the request came
 */
export async function streamEvents(
  db: Db,
  { caller, lastEventId }: { caller: Caller; lastEventId: string | undefined },
  now: Date,
): Promise<Start & { sessionEndsAt: Date }> {
  const { accountId, sessionId } = caller;
  const state = await getStreamState(db, { accountId, sessionId, eventId: decidingEventOf(lastEventId) });
  if (!state.sessionEndsAt) throw noValidSession();
  return { ...startOf(lastEventId, state, now), sessionEndsAt: state.sessionEndsAt };
}
