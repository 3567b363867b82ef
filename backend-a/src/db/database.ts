import type { DataSource, EntityManager } from 'typeorm';
import { hasAllMigrations } from './applied-migrations.ts';
import { NotConnectedError } from './database-errors.ts';
import { poolOf, runStatement } from './statement.ts';

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
    const { orm } = this;
    if (await hasAllMigrations((statement, values) => runStatement<{ applied: number }>(orm, statement, values)))
      return;
    throw new NotConnectedError('A migration of this version is missing; run them');
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#source.isInitialized) await this.#source.destroy();
  }

  #retry(): void {
    setTimeout(() => {
      if (!this.#isClosed) void this.#source.initialize().catch(() => this.#retry());
    }, retryMilliseconds).unref();
  }
}
