import { randomBytes, randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { Db } from '../../db/db.ts';
import { inTransaction } from '../../db/transaction.ts';
import { createLine } from '../../line.ts';
import { Problem } from '../../problem.ts';
import { isStorable } from '../../text.ts';
import type { Account } from '../accounts/account.ts';
import { findAccountByEmail } from '../accounts/accounts.repository.ts';
import { foldEmail } from '../accounts/accounts.rules.ts';
import { isPasswordOf } from '../accounts/password.ts';
import { deleteAttempt, insertAttempt, updateAttemptFailed } from './attempts.repository.ts';
import type { Session } from './session.ts';
import { insertSession, updateSessionRevoked, updateSessionsRevoked } from './sessions.repository.ts';
import { expiryOf, hashOfEmail, hashToken, invalidCredentials, tokenBytes } from './sessions.rules.ts';

export interface Login {
  readonly session: Session;
  /** Known to whoever logs in, and to nobody else. */
  readonly token: string;
  readonly account: Account;
}

/** @throws Problem too-many-attempts, invalid-credentials */
export async function login(db: Db, input: { email: string; password: string }, now: Date): Promise<Login> {
  const attemptId = await takeAttempt(db, hashOfEmail(input.email), now);
  const account = await findByCredentials(db, input);
  if (!account) {
    await updateAttemptFailed(db, attemptId);
    throw invalidCredentials();
  }
  await deleteAttempt(db, attemptId);
  const token = randomBytes(tokenBytes).toString('base64url');
  const session = { id: randomUUID(), accountId: account.id, createdAt: now, expiresAt: expiryOf(now) };
  await insertSession(db, session, hashToken(token));
  return { session, token, account };
}

/** @rule sessions/logout */
export function logout(db: Db, input: { accountId: string; sessionId: string }, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    await tellRevoked(tx, input.accountId, await updateSessionRevoked(tx, input.sessionId, now), now);
  });
}

/** @rule sessions/logout-everywhere */
export function logoutEverywhere(db: Db, input: { accountId: string }, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    await tellRevoked(tx, input.accountId, await updateSessionsRevoked(tx, input.accountId, now), now);
  });
}

/** One event for all of them; what was revoked at the same time by another request is told by that one. */
async function tellRevoked(tx: Db, accountId: string, sessionIds: string[], now: Date): Promise<void> {
  if (sessionIds.length === 0) return;
  await tx.paths.insertEvents(tx, [{ type: 'session.revoked', to: [accountId], at: now, data: { sessionIds } }], now);
}

const waitMilliseconds = 25;
const patienceMilliseconds = 4_000;
const attemptLine = createLine();

/**
 * Waits while those at hand could use up the attempts that are left: a right password must not be refused for them. Who logs
 * in with one email asks one after the other, lest a storm of them takes every connection of the pool.
 */
function takeAttempt(db: Db, emailHash: Buffer, now: Date): Promise<string> {
  const latest = performance.now() + patienceMilliseconds;
  return attemptLine(emailHash.toString('hex'), async () => {
    while (performance.now() < latest) {
      const attemptId = await insertAttempt(db, emailHash, now);
      if (attemptId !== undefined) return attemptId;
      await wait(waitMilliseconds);
    }
    throw new Problem('service-unavailable', 'Too many people log in with this email at once; try again.', {
      retryAfterSeconds: 2,
    });
  });
}

async function findByCredentials(
  db: Db,
  { email, password }: { email: string; password: string },
): Promise<Account | undefined> {
  const emailFolded = foldEmail(email);
  const found = isStorable(emailFolded) ? await findAccountByEmail(db, emailFolded) : undefined;
  return (await isPasswordOf(found?.passwordHash, password)) ? found?.account : undefined;
}
