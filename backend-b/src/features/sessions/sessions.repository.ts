import type { Orm } from '../../db/client.ts';
import { toAccount } from '../accounts/accounts.repository.ts';
import type { Caller } from './sessions.rules.ts';

/** Finds who is behind a token that is neither expired nor revoked. */
export type FindCaller = (orm: Orm, tokenHash: Uint8Array<ArrayBuffer>, now: Date) => Promise<Caller | undefined>;

export const findCallerByToken: FindCaller = async (orm, tokenHash, now) => {
  const row = await orm.session.findUnique({
    where: { tokenHash, revokedAt: null, expiresAt: { gt: now } },
    include: { account: true },
    relationLoadStrategy: 'join',
  });
  return row ? { sessionId: row.id, expiresAt: row.expiresAt, account: toAccount(row.account) } : undefined;
};

/** Whether a session is not revoked. */
export async function isSessionLive(orm: Orm, id: string): Promise<boolean> {
  return (await orm.session.count({ where: { id, revokedAt: null } })) > 0;
}

export interface NewSession {
  id: string;
  accountId: string;
  tokenHash: Uint8Array<ArrayBuffer>;
  createdAt: Date;
  expiresAt: Date;
}

export async function insertSession(orm: Orm, session: NewSession): Promise<void> {
  await orm.session.create({ data: session });
}

/** Revokes one session of an account, or all. @returns the ids of those that were not revoked yet */
export async function updateSessionsRevoked(
  orm: Orm,
  { accountId, sessionId }: { accountId: string; sessionId?: string },
  now: Date,
): Promise<string[]> {
  const rows = await orm.session.updateManyAndReturn({
    where: { accountId, revokedAt: null, ...(sessionId !== undefined && { id: sessionId }) },
    data: { revokedAt: now },
    select: { id: true },
  });
  return rows.map((row) => row.id);
}
