import type { Db } from '../../db/db.ts';
import { signalEntity, type SignalRow } from './signals.entity.ts';

/**
 * Remembers a signal by its clientId.
 *
 * @returns false when it was known already
 */
export async function insertSignal(tx: Db, signal: Omit<SignalRow, 'recordedAt'>): Promise<boolean> {
  const { raw }: { raw: unknown[] } = await tx.orm
    .createQueryBuilder()
    .insert()
    .into(signalEntity)
    .values(signal)
    .orIgnore()
    .returning('id')
    .updateEntity(false)
    .execute();
  return raw.length > 0;
}

/** Signals hold IP addresses. */
export async function updateSignalsForgotten(tx: Db, appointmentId: string): Promise<void> {
  await tx.orm
    .createQueryBuilder()
    .update(signalEntity)
    .set({ data: null })
    .where('appointmentId = :appointmentId', { appointmentId })
    .execute();
}
