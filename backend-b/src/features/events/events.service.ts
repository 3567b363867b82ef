import type { Db } from '../../db/client.ts';
import { Problem } from '../../problem.ts';
import type { Caller } from '../sessions/sessions.rules.ts';
import { isSessionLive } from '../sessions/sessions.repository.ts';
import { findOpening } from './events.repository.ts';
import { beginningOf, toEventId } from './events.rules.ts';

export interface Beginning {
  /** The stream tells what comes after this event. */
  afterId: number;
  /** The newest event there is. */
  newestId: number;
  isReset: boolean;
}

/**
 * Where a stream begins. A session revoked since the request began, whose stream nobody would end any more, is refused.
 * @throws Problem unauthenticated
 */
export async function streamEvents(
  db: Db,
  input: Caller & { lastEventId: string | undefined },
  now: Date,
): Promise<Beginning> {
  const { account, sessionId, lastEventId } = input;
  const lastId = lastEventId === undefined ? undefined : toEventId(lastEventId);
  const opening = await findOpening(db.orm, { accountId: account.id, lastId }, now);
  // Asked after the newest id was read: a later revocation is an event that the stream will tell.
  if (!(await isSessionLive(db.orm, sessionId))) {
    throw new Problem('unauthenticated', 'The session has just been revoked; log in again.');
  }
  return { ...beginningOf(lastEventId, opening), newestId: opening.newestId };
}
