import { randomBytes, randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import { isPassword } from './passwords.ts';
import { Problem } from './problem.ts';
import type { Receive } from './receive.ts';
import { comparable, type Env, sha256, type Session, type World } from './world.ts';

const SESSION_MS = 12 * 3_600_000;
const WINDOW_MS = 15 * 60_000;
const MOST_FAILURES = 10;

export function serveSessions(app: Hono<Env>, receive: Receive, world: World): void {
  app.post('/v1/sessions', receive('login'), async (c) => {
    const { email, password } = c.get('input').body;
    const now = Date.now();
    refuseAfterFailures(world, email, now);
    const person = world.emails.get(comparable(email));
    if (!(await isPassword(password, person?.password)) || !person) {
      // Of many at once the first ten are told that they failed.
      refuseAfterFailures(world, email, now);
      world.failedLogins.set(comparable(email), [...failuresOf(world, email, now), now]);
      throw new Problem('invalid-credentials', 'Email and password do not belong together. Correct one of them.');
    }
    const token = randomBytes(32).toString('base64url');
    const session = { id: randomUUID(), person, expiresAt: now + SESSION_MS };
    world.sessions.set(sha256(token), session);
    const expiresAt = new Date(session.expiresAt).toISOString();
    return c.json({ id: session.id, token, expiresAt, account: person.account }, 201);
  });

  app.delete('/v1/sessions/current', receive('logout'), (c) => {
    revoke(world, (session) => session === c.get('session'));
    return c.body(null, 204);
  });

  app.delete('/v1/sessions', receive('logoutEverywhere'), (c) => {
    revoke(world, ({ person }) => person === c.get('session').person);
    return c.body(null, 204);
  });
}

/**
 * The session of a request.
 * @throws Problem unauthenticated
 */
export function sessionOf(world: World, authorization: string | undefined, now: number): Session {
  const [, token] = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization ?? '') ?? [];
  const session = token === undefined ? undefined : world.sessions.get(sha256(token));
  if (session && now < session.expiresAt) return session;
  throw new Problem('unauthenticated', 'Nobody is logged in with this token. Log in, and send the token you get.', {
    'WWW-Authenticate': 'Bearer',
  });
}

function revoke(world: World, isRevoked: (session: Session) => boolean): void {
  for (const [hash, session] of world.sessions) if (isRevoked(session)) world.sessions.delete(hash);
}

function refuseAfterFailures(world: World, email: string, now: number): void {
  const failures = failuresOf(world, email, now);
  if (failures.length < MOST_FAILURES) return;
  const seconds = Math.max(1, Math.ceil((Math.min(...failures) + WINDOW_MS - now) / 1000));
  throw new Problem('too-many-attempts', 'Too many logins with this email failed. Wait before you try again.', {
    'Retry-After': String(seconds),
  });
}

function failuresOf(world: World, email: string, now: number): number[] {
  return (world.failedLogins.get(comparable(email)) ?? []).filter((at) => at > now - WINDOW_MS);
}
