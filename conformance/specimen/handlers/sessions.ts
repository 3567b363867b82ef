import { randomUUID } from 'node:crypto';
import type { CallerHandler, Context, OpenHandler } from '../context.ts';
import { tell } from '../events.ts';
import { json, noContent, Refusal } from '../reply.ts';
import { shownAccount } from '../views.ts';
import type { Account, Secret, Session } from '../world.ts';

type Credentials = { email: string; password: string };

const nobody: Map<number, Secret> = new Map();

export const login: OpenHandler = async (context) => {
  const { behaviour, world, now, replica } = context;
  const { email, password } = context.body as Credentials;
  const emailKey = behaviour.emailKey(email);
  const account = [...world.accounts.values()].find(
    (one) => one.emailKey === emailKey && behaviour.isLoginEmail(one, email),
  );
  const attemptKey = behaviour.attemptKey(emailKey, email);
  const earlier = world.failedLogins.get(attemptKey) ?? [];
  const failures = behaviour.failuresInWindow(earlier, now, replica);
  const pause = behaviour.pauseBeforeWrite('login');
  if (pause) await pause;
  const isRight = isPasswordRight(context, account, password);
  const remember = () =>
    world.failedLogins.set(attemptKey, [...(world.failedLogins.get(attemptKey) ?? []), { at: now, replica }]);
  if (behaviour.isLimited(failures.length) && behaviour.isLimitChecked(account !== undefined, isRight)) {
    if (behaviour.countsAsFailure('limited')) remember();
    throw limited(
      context,
      failures.map(({ at }) => at),
    );
  }
  if (!account || !isRight) {
    if (behaviour.countsAsFailure('wrong')) remember();
    throw new Refusal('invalid-credentials', behaviour.loginRefusal(account !== undefined));
  }
  if (behaviour.clearsFailures('right')) world.failedLogins.delete(attemptKey);
  return json(201, openSession(context, account));
};

function isPasswordRight(context: Context, account: Account | undefined, password: string): boolean {
  const { behaviour } = context;
  const bytes = behaviour.passwordBytes(password);
  const cost = behaviour.hashCost();
  if (account) return behaviour.isPassword(bytes, account.password, cost) && behaviour.canBePassword(password);
  if (behaviour.comparesUnknownEmail()) behaviour.isPassword(bytes, secretOfNobody(context, cost), cost);
  return false;
}

function secretOfNobody({ behaviour }: Context, cost: number): Secret {
  const secret = nobody.get(cost) ?? behaviour.hashPassword(Buffer.from('nobody'), cost);
  nobody.set(cost, secret);
  return secret;
}

function limited({ behaviour, now }: Context, failures: number[]): Refusal {
  const oldest = failures.toSorted((left, right) => left - right).at(-10) ?? Math.min(...failures, now);
  return new Refusal('too-many-attempts', 'Too many logins failed for this email; try again after Retry-After.', {
    headers: { 'retry-after': String(behaviour.retryAfterSeconds(oldest, now)) },
  });
}

function openSession(context: Context, account: Account): Record<string, unknown> {
  const { behaviour, world, now } = context;
  const session: Session = {
    id: randomUUID(),
    token: behaviour.newToken(),
    accountId: account.id,
    expiresAt: behaviour.sessionExpiry(now),
    revokedOn: null,
  };
  world.sessions.set(session.token, session);
  const expiresAt = behaviour.writeInstant(session.expiresAt);
  return { id: session.id, token: session.token, expiresAt, account: shownAccount(context, account) };
}

const revoking =
  (everywhere: boolean): CallerHandler =>
  (context) => {
    const { behaviour, world, session, caller, replica, now } = context;
    const ofAccount = [...world.sessions.values()].filter(
      ({ accountId, revokedOn }) => accountId === caller.id && revokedOn === null,
    );
    const revoked = behaviour.sessionsToRevoke(session, ofAccount, everywhere, now);
    for (const one of revoked) one.revokedOn ??= replica;
    tell(context, caller.id, { event: 'session.revoked', data: { sessionIds: revoked.map(({ id }) => id) } });
    if (behaviour.endsStreamsOnLogout()) {
      for (const stream of world.openStreams) if (revoked.includes(stream.session)) stream.end();
    }
    return noContent();
  };

export const logout = revoking(false);
export const logoutEverywhere = revoking(true);
