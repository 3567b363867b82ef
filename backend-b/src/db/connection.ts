import pg from 'pg';
import type { Watch } from './query-trace.ts';

const CONNECT_MS = 2_000;
const QUERY_MS = 2_500;
const LOCK_MS = 2_000;

export interface PoolSettings {
  databaseUrl: string;
  databasePoolSize: number;
  /** Told of every statement; none costs nothing. */
  watches: readonly Watch[];
}

/** A pool that never waits long: not for a connection, nor an answer, nor a lock. Five seconds hold all of it. */
export function createPool({ databaseUrl, databasePoolSize, watches }: PoolSettings): pg.Pool {
  return new KeepingPool({
    connectionString: databaseUrl,
    max: databasePoolSize,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    statement_timeout: QUERY_MS,
    lock_timeout: LOCK_MS,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
    options: '-c TimeZone=UTC',
    Client: watches.length > 0 ? watchedClient(watches) : BoundedClient,
  });
}

// pg's overloads cannot be overridden in types. Prisma passes the query first and goes by the promise.

/**
 * A pool that keeps the connection of a statement which the server refused, a taken slot for instance. pg's own closes it,
 * so that every refusal costs a new process of PostgreSQL, its authentication and all its plans.
 */
class KeepingPool extends pg.Pool {
  override query(...parameters: unknown[]): never {
    return this.queryAndKeep(parameters) as never;
  }

  private async queryAndKeep(parameters: unknown[]): Promise<unknown> {
    const client = await this.connect();
    // Whoever waits for the query is told the same.
    client.on('error', ignore);
    let failure: unknown;
    try {
      return await Reflect.apply(client.query, client, parameters);
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      client.off('error', ignore);
      client.release(failure !== undefined && !isRefusal(failure));
    }
  }
}

function ignore(): void {}

/** Whether the server answered with an error after which the connection can be used as before. */
function isRefusal(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.severity === 'ERROR';
}

/** A connection that does not answer in time is given up, lest the transaction's rollback waits for it too. */
class BoundedClient extends pg.Client {
  override query(...parameters: unknown[]): never {
    const answer: unknown = Reflect.apply(super.query, this, parameters);
    if (answer instanceof Promise) {
      answer.catch((error: unknown) => {
        if (error instanceof Error && error.message === 'Query read timeout') return this.end();
        return undefined;
      });
    }
    return answer as never;
  }
}

function watchedClient(watches: readonly Watch[]): typeof BoundedClient {
  return class extends BoundedClient {
    override query(...parameters: unknown[]): never {
      const query = (): unknown => super.query(...parameters);
      return watches.reduce<() => unknown>((run, watch) => () => watch(parameters, run), query)() as never;
    }
  };
}
