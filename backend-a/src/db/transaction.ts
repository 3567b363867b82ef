import { isWorthRetrying } from './database-errors.ts';
import type { Db } from './db.ts';

const attempts = 3;

/**
 * Does the work in one transaction, that of `db` when it is in one already; again, a few times, when another transaction
 * made it fail. Whatever the work throws, nothing of it stays.
 *
 * @rule appointments/all-or-nothing
 */
export async function inTransaction<Result>(db: Db, work: (tx: Db) => Promise<Result>): Promise<Result> {
  if (db.orm.queryRunner?.isTransactionActive) return work(db);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.orm.transaction((orm) => work({ ...db, orm }));
    } catch (error) {
      if (attempt === attempts || !isWorthRetrying(error)) throw error;
    }
  }
}
