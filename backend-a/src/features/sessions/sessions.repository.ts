import type { Db } from '../../db/db.ts';
import type { Caller } from '../../http/authenticate.ts';
import type { Session } from './session.ts';
import { sessionEntity } from './sessions.entity.ts';

/**
 * The ORM's version of a hot path.
 *
 * @see FindCaller
 */
export async function findCaller(db: Db, tokenHash: Buffer, now: Date): Promise<Caller | undefined> {
  const session = await db.orm
    .createQueryBuilder(sessionEntity, 'session')
    .innerJoinAndSelect('session.account', 'account')
    .where('session.tokenHash = :tokenHash', { tokenHash })
    .andWhere('session.revokedAt IS NULL')
    .andWhere('session.expiresAt > :now', { now })
    .getOne();
  if (!session?.account) return undefined;
  return { sessionId: session.id, accountId: session.accountId, role: session.account.role };
}

export async function insertSession(db: Db, session: Session, tokenHash: Buffer): Promise<void> {
  const row = { ...session, tokenHash, revokedAt: null };
  await db.orm.createQueryBuilder().insert().into(sessionEntity).values(row).updateEntity(false).execute();
}

/** Revokes one session. @returns its id, unless it was revoked before */
export function updateSessionRevoked(tx: Db, sessionId: string, now: Date): Promise<string[]> {
  return revoke(tx, 'id = :id', sessionId, now);
}

/** Revokes all sessions of an account, those that have expired too. @returns their ids */
export function updateSessionsRevoked(tx: Db, accountId: string, now: Date): Promise<string[]> {
  return revoke(tx, 'accountId = :id', accountId, now);
}

async function revoke(tx: Db, condition: string, id: string, now: Date): Promise<string[]> {
  const { raw }: { raw: { id: string }[] } = await tx.orm
    .createQueryBuilder()
    .update(sessionEntity)
    .set({ revokedAt: now })
    .where(`${condition} AND revokedAt IS NULL`, { id })
    .returning(['id'])
    .updateEntity(false)
    .execute();
  return raw.map((session) => session.id);
}
