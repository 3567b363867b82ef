import { randomUUID } from 'node:crypto';
import type { Db } from '../../db/db.ts';
import { inTransaction } from '../../db/transaction.ts';
import { loginAttemptEntity } from './sessions.entity.ts';
import { attemptLimit, judgeAttempt, type Attempts } from './sessions.rules.ts';

const pendingSeconds = 10;

/**
 * Takes one of the attempts that are left for an email before its password is checked. All replicas count in one place,
 * one after the other.
 *
 * @returns the attempt's id; undefined when the attempts at hand could use up what is left, so that one must wait for them
 * @throws Problem too-many-attempts
 */
export function insertAttempt(db: Db, emailHash: Buffer, now: Date): Promise<string | undefined> {
  return inTransaction(db, async (tx) => {
    await tx.orm.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`login ${emailHash.toString('hex')}`]);
    const verdict = judgeAttempt(await countAttempts(tx, emailHash, now), now);
    if (verdict === 'wait') return undefined;
    const id = randomUUID();
    const row = { id, emailHash, at: now, hasFailed: false };
    await tx.orm.createQueryBuilder().insert().into(loginAttemptEntity).values(row).updateEntity(false).execute();
    return id;
  });
}

export async function updateAttemptFailed(db: Db, attemptId: string): Promise<void> {
  await db.orm
    .createQueryBuilder()
    .update(loginAttemptEntity)
    .set({ hasFailed: true })
    .where('id = :attemptId', { attemptId })
    .execute();
}

/** Forgets an attempt that was none: it succeeded. */
export async function deleteAttempt(db: Db, attemptId: string): Promise<void> {
  await db.orm.createQueryBuilder().delete().from(loginAttemptEntity).where('id = :attemptId', { attemptId }).execute();
}

/** One that has been pending for long, by real time, was left behind by a process that ended. */
async function countAttempts(tx: Db, emailHash: Buffer, now: Date): Promise<Attempts> {
  const since = new Date(now.getTime() - attemptLimit.windowMilliseconds);
  const until = new Date(now.getTime() + attemptLimit.simultaneousMilliseconds);
  const rows = await tx.orm
    .createQueryBuilder(loginAttemptEntity, 'attempt')
    .where('attempt.emailHash = :emailHash', { emailHash })
    .andWhere(
      `(attempt.hasFailed AND attempt.at > :since AND attempt.at <= :until
        OR NOT attempt.hasFailed AND attempt.recordedAt > now() - make_interval(secs => ${pendingSeconds}))`,
      { since, until },
    )
    .orderBy('attempt.at', 'DESC')
    .getMany();
  const failed = rows.filter(({ hasFailed }) => hasFailed);
  return { failedAt: failed.map(({ at }) => at), pending: rows.length - failed.length };
}
