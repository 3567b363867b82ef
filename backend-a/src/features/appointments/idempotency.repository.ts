import type { Db } from '../../db/db.ts';
import { runStatement, type Statement } from '../../db/statement.ts';
import { idempotencyKeyEntity } from './appointments.entity.ts';
import { keptSince, keyReused } from './appointments.rules.ts';

/** A key of the caller's choice, and what tells its request from another. */
export interface IdempotencyKey {
  readonly accountId: string;
  readonly key: string;
  readonly requestHash: Buffer;
}

/** The first answer to a key, as it was sent. */
export interface KeptAnswer {
  readonly appointmentId: string;
  readonly etag: string;
  readonly text: string;
}

const takenKey: Statement = {
  name: 'taken-key',
  text: `INSERT INTO idempotency_keys (account_id, key, request_hash, created_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT ON CONSTRAINT idempotency_keys_pkey DO UPDATE
      SET request_hash = excluded.request_hash, created_at = excluded.created_at, recorded_at = now(),
        appointment_id = NULL, etag = NULL, answer = NULL
      WHERE idempotency_keys.created_at <= $5
    RETURNING key`,
};

/**
 * Takes a key, before anything else in the transaction: a simultaneous repeat waits here until the first is decided. A key
 * that has been kept long enough is taken as a new one.
 *
 * @returns the kept answer when the key was taken before; undefined when it is ours now
 * @throws Problem idempotency-key-reused
 * @rule appointments/idempotency-key
 */
export async function insertKey(tx: Db, key: IdempotencyKey, now: Date): Promise<KeptAnswer | undefined> {
  const values = [key.accountId, key.key, key.requestHash, now, keptSince(now)];
  const taken = await runStatement(tx.orm, takenKey, values);
  return taken.length > 0 ? undefined : getAnswer(tx, key);
}

/** Keeps the answer to a key that was taken in this transaction. */
export async function updateAnswer(tx: Db, { accountId, key }: IdempotencyKey, answer: KeptAnswer): Promise<void> {
  await tx.orm
    .createQueryBuilder()
    .update(idempotencyKeyEntity)
    .set({ appointmentId: answer.appointmentId, etag: answer.etag, answer: answer.text })
    .where('accountId = :accountId AND key = :key', { accountId, key })
    .execute();
}

async function getAnswer(tx: Db, { accountId, key, requestHash }: IdempotencyKey): Promise<KeptAnswer> {
  const row = await tx.orm
    .createQueryBuilder(idempotencyKeyEntity, 'kept')
    .where('kept.accountId = :accountId AND kept.key = :key', { accountId, key })
    .getOneOrFail();
  if (!row.requestHash.equals(requestHash)) throw keyReused();
  const { appointmentId, etag, answer } = row;
  if (appointmentId === null || etag === null || answer === null)
    throw new Error('A key was committed without its answer');
  return { appointmentId, etag, text: answer };
}
