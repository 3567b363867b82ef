import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { inTransaction, type Db } from '../../db/client.ts';
import { findCredentials } from '../accounts/accounts.repository.ts';
import { trimmedEmail, type Account } from '../accounts/accounts.rules.ts';
import { isPassword } from '../accounts/passwords.ts';
import { lockStreams } from '../events/events.repository.ts';
import { newEvent } from '../events/events.rules.ts';
import { deleteAttempt, lockAttemptSlot, updateAttemptFailed } from './attempts.repository.ts';
import { deleteStaleRows } from './housekeeping.repository.ts';
import { createLanes } from './lanes.ts';
import { insertSession, updateSessionsRevoked } from './sessions.repository.ts';
import {
  checkFailures,
  emailHash,
  expiryOf,
  invalidCredentials,
  newToken,
  tokenHash,
  type Caller,
} from './sessions.rules.ts';

const SHORTEST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 200;

const inTurn = createLanes();

export interface Login {
  id: string;
  token: string;
  expiresAt: Date;
  account: Account;
}

/** @throws Problem too-many-attempts, invalid-credentials */
export async function login(db: Db, input: { email: string; password: string }, now: Date): Promise<Login> {
  const hash = emailHash(input.email);
  const slot = await takeSlot(db, hash, now);
  const credentials = await findCredentials(db.orm, trimmedEmail(input.email));
  if (!(await isPassword(input.password, credentials?.passwordHash)) || !credentials) {
    await updateAttemptFailed(db.orm, slot);
    throw invalidCredentials();
  }
  const { account } = credentials;
  const session = { id: randomUUID(), token: newToken(), expiresAt: expiryOf(now), account };
  const { id, token, expiresAt } = session;
  await deleteAttempt(db.orm, slot);
  await deleteStaleRows(db.orm, account.id, hash);
  await insertSession(db.orm, { id, accountId: account.id, tokenHash: tokenHash(token), createdAt: now, expiresAt });
  return session;
}

// Attempts under way may yet fail or succeed: with all slots taken by them, only waiting tells. Those for one email
// stand in line here, lest a storm of them takes every connection of the pool.
async function takeSlot(db: Db, hash: Uint8Array<ArrayBuffer>, now: Date): Promise<string> {
  const lane = Buffer.from(hash).toString('base64');
  for (let pause = SHORTEST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    const { failures, slot } = await inTurn(lane, () => lockAttemptSlot(db, hash, now));
    checkFailures(failures, now);
    if (slot !== undefined) return slot;
    await sleep(pause);
  }
}

/** Who is behind a token, if it is valid now. */
export async function findCaller(db: Db, input: { token: string }, now: Date): Promise<Caller | undefined> {
  return db.hotPaths.findCallerByToken(db.orm, tokenHash(input.token), now);
}

/** @rule sessions/logout */
export async function logout(db: Db, { account, sessionId }: Caller, now: Date): Promise<void> {
  await revoke(db, { accountId: account.id, sessionId }, now);
}

/** @rule sessions/logout-everywhere */
export async function logoutEverywhere(db: Db, { account }: Caller, now: Date): Promise<void> {
  await revoke(db, { accountId: account.id }, now);
}

async function revoke(db: Db, input: { accountId: string; sessionId?: string }, now: Date): Promise<void> {
  await inTransaction(db, async (orm) => {
    await lockStreams(orm, [input.accountId]);
    const sessionIds = await updateSessionsRevoked(orm, input, now);
    if (sessionIds.length === 0) return;
    const revoked = newEvent('session.revoked', [input.accountId], { at: now.toISOString(), sessionIds });
    await db.hotPaths.insertEvents(orm, [revoked], now);
  });
}
