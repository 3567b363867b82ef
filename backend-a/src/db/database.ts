import type { DataSource, EntityManager } from 'typeorm';
import { isUndefinedTable, NotConnectedError } from './database-errors.ts';
import { migrations } from './migrations/index.ts';
import { poolOf, runStatement, type Statement } from './statement.ts';

const retryMilliseconds = 500;

/** How many connections the pool has, and how many requests wait for one. */
export interface Connections {
  readonly idle: number;
  readonly busy: number;
  readonly waiting: number;
}

/** The connection to the database over the life of the process: it may be away at the start, and come later. */
export class Database {
  readonly #source: DataSource;
  #isClosed = false;

  constructor(source: DataSource) {
    this.#source = source;
  }

  /** @throws NotConnectedError before the database was first reached */
  get orm(): EntityManager {
    if (!this.#source.isInitialized) throw new NotConnectedError('The database has not been reached yet');
    return this.#source.manager;
  }

  get connections(): Connections {
    if (!this.#source.isInitialized) return { idle: 0, busy: 0, waiting: 0 };
    const { idleCount: idle, totalCount, waitingCount: waiting } = poolOf(this.#source.manager);
    return { idle, busy: totalCount - idle, waiting };
  }

  /** Tries once to connect, and goes on trying in the background when the database is away. */
  async connect(onFailure: (error: unknown) => void): Promise<void> {
    try {
      await this.#source.initialize();
    } catch (error) {
      onFailure(error);
      this.#retry();
    }
  }

  /** @throws whatever says that the database does not answer, or a migration of this version is missing */
  async mustBeReady(): Promise<void> {
    const names = migrations.map((migration) => migration.name);
    if ((await this.#countApplied(names)) === names.length) return;
    throw new NotConnectedError('A migration of this version is missing; run them');
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#source.isInitialized) await this.#source.destroy();
  }

  async #countApplied(names: readonly string[]): Promise<number> {
    try {
      const [row] = await runStatement<{ applied: number }>(this.orm, appliedMigrations, [names]);
      return row?.applied ?? 0;
    } catch (error) {
      if (isUndefinedTable(error)) return 0;
      throw error;
    }
  }

  #retry(): void {
    setTimeout(() => {
      if (!this.#isClosed) void this.#source.initialize().catch(() => this.#retry());
    }, retryMilliseconds).unref();
  }
}

const appliedMigrations: Statement = {
  name: 'applied-migrations',
  text: 'SELECT count(*)::int AS applied FROM migrations WHERE name = ANY($1)',
};
