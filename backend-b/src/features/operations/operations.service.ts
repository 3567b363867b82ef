import type { Db } from '../../db/client.ts';
import { listMigrationNames } from '../../db/migrations.ts';
import { isNeverMigrated, listFinishedMigrations } from './operations.repository.ts';
import { checkMigrated, checkNotDraining } from './operations.rules.ts';

/** Nothing is wrong while the process can say so. */
export async function getLiveness(_db: Db, _input: object, _now: Date): Promise<{ status: 'ok' }> {
  return { status: 'ok' };
}

/**
 * @throws Problem service-unavailable
 * @rule operations/health
 */
export async function getReadiness(db: Db, input: { isDraining: boolean }, _now: Date): Promise<{ status: 'ok' }> {
  checkNotDraining(input.isDraining);
  const finished = await listFinishedMigrations(db.orm).catch((error: unknown) => {
    if (isNeverMigrated(error)) return [];
    throw error;
  });
  checkMigrated(await listMigrationNames(), finished);
  return { status: 'ok' };
}
