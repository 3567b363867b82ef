import { unauthenticated } from '../problem.ts';
import { findSession } from '../statements/sessions.ts';
import type { Caller, Visit } from './visit.ts';

/** Who asks, on its own: for requests that are refused before their own statement has looked. @throws Problem */
export async function requireCaller(visit: Visit): Promise<Caller> {
  const [caller] = await visit.floor.database.query<Caller>(findSession, [visit.tokenHash, visit.now]);
  if (!caller) throw unauthenticated();
  visit.accountId = caller.accountId;
  return caller;
}
