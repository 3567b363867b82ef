import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { createPool, type PoolSettings } from './connection.ts';
import { isWorthRepeating } from './errors.ts';
import { PrismaClient, type Prisma } from './generated/client.ts';
import type { HotPaths } from './hot-paths.ts';
import { createStatementNames } from './statement-names.ts';

const MOST_ATTEMPTS = 4;

/** Prisma's client or a transaction of it: what every repository function takes first. */
export type Orm = Prisma.TransactionClient;

/** What every service function takes first. */
export interface Db {
  orm: PrismaClient;
  /** The hot paths, in the version that app.ts chose. */
  hotPaths: HotPaths;
}

export interface Database extends Db {
  pool: pg.Pool;
  close: () => Promise<void>;
}

export function createDatabase(settings: PoolSettings, hotPaths: HotPaths): Database {
  const pool = createPool(settings);
  const adapter = new PrismaPg(pool, { statementNameGenerator: createStatementNames() });
  const orm = new PrismaClient({
    adapter,
    errorFormat: 'minimal',
    transactionOptions: { maxWait: 2_000, timeout: 4_500 },
  });
  return {
    orm,
    hotPaths,
    pool,
    close: async () => {
      await orm.$disconnect();
      await pool.end();
    },
  };
}

/**
 * Runs a transaction, and runs it again when it lost against another one. What throws leaves no trace.
 * @rule appointments/all-or-nothing
 */
export async function inTransaction<T>(db: Db, story: (orm: Orm) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.orm.$transaction(story);
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || !isWorthRepeating(error)) throw error;
    }
  }
}
