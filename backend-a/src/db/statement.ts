import type { Pool, PoolClient, QueryResultRow } from 'pg';
import type { EntityManager } from 'typeorm';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { isReadTimeout, NotConnectedError } from './database-errors.ts';
import { isListenedTo, traceQuery } from './query-trace.ts';

/** One SQL text under one name: PostgreSQL parses and plans it once a connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/**
 * Runs a prepared statement past the ORM, inside the transaction of `orm` when it has one.
 *
 * @returns its rows; timestamptz as Date
 */
export async function runStatement<Row extends QueryResultRow>(
  orm: EntityManager,
  statement: Statement,
  values: unknown[],
): Promise<Row[]> {
  if (orm.queryRunner) {
    const client: PoolClient = await orm.queryRunner.connect();
    return run<Row>(client, statement, values);
  }
  const client = await poolOf(orm).connect();
  try {
    const rows = await run<Row>(client, statement, values);
    client.release();
    return rows;
  } catch (error) {
    client.release(isReadTimeout(error));
    throw error;
  }
}

async function run<Row extends QueryResultRow>(
  client: PoolClient,
  statement: Statement,
  values: unknown[],
): Promise<Row[]> {
  if (!isListenedTo()) {
    return (await client.query<Row>({ name: statement.name, text: statement.text, values })).rows;
  }
  const startedAt = performance.now();
  const trace = (failure?: unknown) =>
    traceQuery({
      name: statement.name,
      text: statement.text,
      parameters: values,
      milliseconds: performance.now() - startedAt,
      failure: failure instanceof Error ? failure : undefined,
    });
  try {
    const { rows } = await client.query<Row>({ name: statement.name, text: statement.text, values });
    trace();
    return rows;
  } catch (error) {
    trace(error);
    throw error;
  }
}

export function poolOf(orm: EntityManager): Pool {
  const { driver } = orm.dataSource;
  if (!(driver instanceof PostgresDriver) || driver.master === undefined) throw new NotConnectedError('no pool yet');
  return driver.master;
}
