import { randomUUID } from 'node:crypto';
import type { Db, Orm } from '../../db/client.ts';
import { MOST_FAILURES, windowStart } from './sessions.rules.ts';

// A check that takes longer than this was cut off: its process died with the slot taken.
const PENDING_MS = 10_000;
// Simultaneous requests, and replicas, do not have the same now: a failure of a moment later counts too.
const SKEW_MS = 5_000;

export interface Attempts {
  /** The instants of the failures in the window before now, oldest first. */
  failures: Date[];
  /** The slot taken for this attempt; undefined while all that are left are taken by others. */
  slot: string | undefined;
}

interface Row {
  failures: Date[] | null;
  slot: string | null;
}

/**
 * Counts the failures for an email and takes a slot for one more, where no other replica can do the same for this
 * email at the same time. A slot becomes a failure or is given back.
 */
export async function lockAttemptSlot({ orm }: Db, emailHash: Uint8Array<ArrayBuffer>, now: Date): Promise<Attempts> {
  const realNow = new Date();
  // The lock is a statement of its own, so that the next one sees what its last holder wrote.
  const [, rows] = await orm.$transaction([
    orm.$executeRaw`/* lock_attempts */ SELECT pg_advisory_xact_lock(hashtextextended(encode(${emailHash}, 'hex'), 0))`,
    orm.$queryRaw<Row[]>`/* take_attempt_slot */
      WITH failures AS (
        SELECT attempted_at FROM login_attempts
        WHERE email_hash = ${emailHash} AND NOT is_pending AND attempted_at > ${windowStart(now)}::timestamptz
          AND attempted_at <= ${new Date(now.getTime() + SKEW_MS)}::timestamptz
      ), taken AS (
        INSERT INTO login_attempts (id, email_hash, attempted_at, is_pending, stored_at)
        SELECT ${randomUUID()}::uuid, ${emailHash}, ${now}::timestamptz, true, ${realNow}::timestamptz
        WHERE ${MOST_FAILURES} > (SELECT count(*) FROM failures) + (
          SELECT count(*) FROM login_attempts WHERE email_hash = ${emailHash} AND is_pending
            AND stored_at > ${new Date(realNow.getTime() - PENDING_MS)}::timestamptz)
        RETURNING id
      )
      SELECT (SELECT array_agg(attempted_at ORDER BY attempted_at) FROM failures) AS failures,
        (SELECT id FROM taken) AS slot`,
  ]);
  return { failures: rows[0]?.failures ?? [], slot: rows[0]?.slot ?? undefined };
}

export async function updateAttemptFailed(orm: Orm, slot: string): Promise<void> {
  await orm.loginAttempt.update({ where: { id: slot }, data: { isPending: false }, select: { id: true } });
}

export async function deleteAttempt(orm: Orm, slot: string): Promise<void> {
  await orm.loginAttempt.deleteMany({ where: { id: slot } });
}
