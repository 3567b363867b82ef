import type { Db } from '../../db/db.ts';
import { eventStreamEntity } from './events.entity.ts';

/** Locks the event streams of accounts, always in the order of their ids, until the transaction ends. */
export async function lockStreams(tx: Db, accountIds: readonly string[]): Promise<void> {
  await tx.orm
    .createQueryBuilder(eventStreamEntity, 'stream')
    .where('stream.accountId IN (:...accountIds)', { accountIds })
    .orderBy('stream.accountId')
    .setLock('pessimistic_write')
    .getMany();
}
