import { DatabaseError } from 'pg';
import { migrations } from './migrations/index.ts';
import type { Statement } from './statement.ts';

interface Count {
  readonly applied: number;
}

const undefinedTable = '42P01';

const appliedMigrations: Statement = {
  name: 'applied-migrations',
  text: 'SELECT count(*)::int AS applied FROM migrations WHERE name = ANY($1)',
};

/** Whether all migrations of this version are in the database; newer ones do no harm. */
export async function hasAllMigrations(
  run: (statement: Statement, values: unknown[]) => Promise<Count[]>,
): Promise<boolean> {
  try {
    const [count] = await run(appliedMigrations, [migrations.map(({ name }) => name)]);
    return count?.applied === migrations.length;
  } catch (error) {
    if (error instanceof DatabaseError && error.code === undefinedTable) return false;
    throw error;
  }
}
