import type { IncomingMessage } from 'node:http';
import { Problem } from '../problem.ts';

/** Who sends a request, by a session that holds. */
export interface Caller {
  readonly sessionId: string;
  readonly accountId: string;
  readonly role: 'doctor' | 'user';
}

export type FindCaller = (token: string, now: Date) => Promise<Caller | undefined>;

const bearer = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/**
 * The caller of a request.
 *
 * @throws Problem unauthenticated
 * @rule sessions/required
 */
export async function authenticate(request: IncomingMessage, findCaller: FindCaller, now: Date): Promise<Caller> {
  const token = bearer.exec(request.headers.authorization ?? '')?.[1];
  const caller = token === undefined ? undefined : await findCaller(token, now);
  if (caller) return caller;
  throw noValidSession();
}

export function noValidSession(): Problem {
  return new Problem(
    'unauthenticated',
    'No valid session; log in and send its token as "Authorization: Bearer <token>".',
  );
}
