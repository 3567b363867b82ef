import type { Orm } from '../../db/client.ts';

/** The first answer to a key, as it is repeated. */
export interface KeptAnswer {
  requestHash: Uint8Array<ArrayBuffer>;
  status: number;
  location: string;
  etag: string;
  body: string;
}

export interface Claim extends KeptAnswer {
  accountId: string;
  key: string;
  createdAt: Date;
  /** Keys stored at or before this instant are forgotten and may be claimed again. */
  keptSince: Date;
}

/** The answer kept under a key, if it is not forgotten yet. */
export async function findKeptAnswer(
  orm: Orm,
  accountId: string,
  key: string,
  keptSince: Date,
): Promise<KeptAnswer | undefined> {
  const row = await orm.idempotencyKey.findUnique({
    where: { accountId_key: { accountId, key }, createdAt: { gt: keptSince } },
  });
  return row ?? undefined;
}

/**
 * Stores the key with its answer. Waits for whoever is storing the same key at this moment.
 * @returns false when the key is kept already
 */
export async function claimKey(orm: Orm, { keptSince, ...answer }: Claim): Promise<boolean> {
  const { count: inserted } = await orm.idempotencyKey.createMany({ data: [answer], skipDuplicates: true });
  if (inserted === 1) return true;
  const { accountId, key, ...data } = answer;
  const { count: renewed } = await orm.idempotencyKey.updateMany({
    where: { accountId, key, createdAt: { lte: keptSince } },
    data: { ...data, storedAt: new Date() },
  });
  return renewed === 1;
}
