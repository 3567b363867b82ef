import { DatabaseError, Pool, type PoolClient, Query as Submittable, type QueryConfig, types } from 'pg';
import { Problem, unavailable } from './problem.ts';

/** A statement that each connection prepares once, under its name. */
export type Statement = { readonly name: string; readonly text: string };
export type Value = string | number | Buffer | null;
export type Row = Record<string, unknown>;

const int8 = 20;
types.setTypeParser(int8, Number); // Instants and counters: all far below 2 ** 53.

/** What pg makes of a configuration with a name, without the copy of the configuration that it takes first. */
const prepared = (name: string, text: string, values: Value[]): QueryConfig =>
  Object.assign(new Submittable(text, values), { name }) as unknown as QueryConfig;

/** Both together stay below the five seconds within which an absent database has to be told of. */
const connectMs = 2_000;
const queryMs = 2_500;

/** The pool, and what its failures mean to a caller. */
export class Database {
  readonly #pool: Pool;

  constructor(url: string, size: number) {
    this.#pool = new Pool({
      connectionString: url,
      max: size,
      idleTimeoutMillis: 0,
      connectionTimeoutMillis: connectMs,
      query_timeout: queryMs,
    });
    this.#pool.on('error', () => undefined); // An idle connection was cut; the next query opens another.
  }

  /** @throws Problem service-unavailable when the database is away. */
  async query<Found extends Row>({ name, text }: Statement, values: Value[]): Promise<Found[]> {
    try {
      return (await this.#pool.query<Found>(prepared(name, text, values))).rows;
    } catch (error) {
      throw meaningOf(error);
    }
  }

  /** All of it in one transaction, which a throw undoes. */
  async transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw meaningOf(error);
    });
    let failure: unknown;
    try {
      await client.query('BEGIN');
      const result = await work(queryOf(client));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      failure = meaningOf(error);
      await client.query('ROLLBACK').catch(() => undefined);
      throw failure;
    } finally {
      client.release(failure !== undefined && !(failure instanceof Problem && failure.code !== 'service-unavailable'));
    }
  }

  get use(): { idle: number; total: number; waiting: number } {
    return { idle: this.#pool.idleCount, total: this.#pool.totalCount, waiting: this.#pool.waitingCount };
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

export type Query = <Found extends Row>(statement: Statement, values: Value[]) => Promise<Found[]>;

const queryOf =
  (client: PoolClient): Query =>
  async <Found extends Row>({ name, text }: Statement, values: Value[]) =>
    (await client.query<Found>({ name, text, values })).rows;

/** Classes 08, 53 and 57 of PostgreSQL's codes tell of the server's state, not of the statement. */
function meaningOf(error: unknown): unknown {
  if (error instanceof Problem) return error;
  if (error instanceof DatabaseError && !/^(08|53|57)|^3D000|^28/.test(error.code ?? '')) return error;
  if (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError) return error;
  return unavailable();
}
