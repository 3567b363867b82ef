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

/** Revokes one session. */
export async function updateSessionRevoked(db: Db, sessionId: string, now: Date): Promise<void> {
  await db.orm
    .createQueryBuilder()
    .update(sessionEntity)
    .set({ revokedAt: now })
    .where('id = :sessionId AND revokedAt IS NULL', { sessionId })
    .execute();
}

/** Revokes all sessions of an account. */
export async function updateSessionsRevoked(db: Db, accountId: string, now: Date): Promise<void> {
  await db.orm
    .createQueryBuilder()
    .update(sessionEntity)
    .set({ revokedAt: now })
    .where('accountId = :accountId AND revokedAt IS NULL', { accountId })
    .execute();
}
