import { Prisma } from '../../db/generated/client.ts';
import type { Orm } from '../../db/client.ts';

/** Locks the streams of these accounts until the transaction ends, by account id, in one statement. */
export async function lockStreams(orm: Orm, accountIds: readonly string[]): Promise<void> {
  const ids = accountIds.map((id) => Prisma.sql`${id}::uuid`);
  await orm.$queryRaw`SELECT 1 FROM event_streams WHERE account_id IN (${Prisma.join(ids)}) ORDER BY account_id FOR UPDATE`;
}
