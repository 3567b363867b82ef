import type { Orm } from '../../db/client.ts';

const DAY_MS = 24 * 3_600_000;

/** Deletes what real time has made useless: nothing that any 'now' a request may bring could still ask for. */
export async function deleteStaleRows(orm: Orm, accountId: string, emailHash: Uint8Array<ArrayBuffer>): Promise<void> {
  const before = { storedAt: { lt: new Date(Date.now() - 2 * DAY_MS) } };
  await orm.loginAttempt.deleteMany({ where: { emailHash, ...before } });
  await orm.idempotencyKey.deleteMany({ where: { accountId, ...before } });
  await orm.event.deleteMany({ where: { accountId, ...before } });
  await orm.signal.deleteMany({ where: { senderId: accountId, ...before } });
  await orm.session.deleteMany({ where: { accountId, ...before } });
}
