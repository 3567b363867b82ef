import pg from 'pg';
import { traced } from './query-trace.ts';

const CONNECT_MS = 2_000;
const QUERY_MS = 2_500;
const LOCK_MS = 2_000;

export interface PoolSettings {
  databaseUrl: string;
  databasePoolSize: number;
  isTraced: boolean;
}

/** A pool that never waits long: not for a connection, nor an answer, nor a lock. Five seconds hold all of it. */
export function createPool({ databaseUrl, databasePoolSize, isTraced }: PoolSettings): pg.Pool {
  const Pool = isTraced ? TracedPool : pg.Pool;
  return new Pool({
    connectionString: databaseUrl,
    max: databasePoolSize,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    statement_timeout: QUERY_MS,
    lock_timeout: LOCK_MS,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
    options: '-c TimeZone=UTC',
    Client: isTraced ? TracedClient : BoundedClient,
  });
}

// pg's overloads cannot be overridden in types. Prisma and the pool pass the query first and go by the promise;
// the pool's own calls inside its query() pass a callback, and are left alone.

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

class TracedClient extends BoundedClient {
  override query(...parameters: unknown[]): never {
    return traced(parameters, () => super.query(...parameters)) as never;
  }
}

class TracedPool extends pg.Pool {
  override query(...parameters: unknown[]): never {
    return traced(parameters, () => Reflect.apply(super.query, this, parameters)) as never;
  }
}
