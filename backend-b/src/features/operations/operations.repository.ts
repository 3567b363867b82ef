import type { Orm } from '../../db/client.ts';

/** The migrations that the database has taken in whole. */
export async function listFinishedMigrations(orm: Orm): Promise<string[]> {
  const rows = await orm.$queryRaw<{ migration_name: string }[]>`/* finished_migrations */
    SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
  return rows.map((row) => row.migration_name);
}

/** Whether an error says that nothing was ever migrated: the table is not there. */
export function isNeverMigrated(error: unknown): boolean {
  return error instanceof Error && /_prisma_migrations"? does not exist/.test(error.message);
}
