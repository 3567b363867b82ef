import type { Client } from 'pg';
import type { Postgres } from '../../src/stack/postgres.ts';
import { asAdministrator } from '../../src/stack/postgres-admin.ts';

export type CountedStatements = {
  statements: number;
  databaseMs: number;
  /** Most called first. */
  texts: { text: string; calls: number }[];
};

/**
 * Lets a server count statements when it is asked to: the library is loaded at its start, and counts nothing until then.
 * A server that has not loaded it is restarted.
 * @see https://www.postgresql.org/docs/18/pgstatstatements.html
 */
export async function prepareCounting(postgres: Postgres): Promise<void> {
  const isLoaded = await asAdministrator(postgres.adminUrl, async (client) => {
    const { rows } = await client.query<{ loaded: string }>(
      `SELECT current_setting('shared_preload_libraries') AS loaded`,
    );
    if (rows[0]?.loaded.includes('pg_stat_statements')) return true;
    await client.query(`ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'`);
    return false;
  });
  if (!isLoaded) await postgres.restart();
  await asAdministrator(postgres.adminUrl, async (client) => {
    await client.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
    await client.query('ALTER SYSTEM SET pg_stat_statements.track_planning = on');
    await count(client, false);
  });
}

/** Switches the counting on or off; a connection hears of it before its next statement. */
export async function count(administrator: Client, isOn: boolean): Promise<void> {
  await administrator.query(`ALTER SYSTEM SET pg_stat_statements.track = '${isOn ? 'top' : 'none'}'`);
  await administrator.query('SELECT pg_reload_conf()');
}

export async function forgetCounted(administrator: Client): Promise<void> {
  await administrator.query('SELECT pg_stat_statements_reset()');
}

/** What was sent to a database since: what a function does within is part of its one statement. */
export async function countedIn(administrator: Client, database: string): Promise<CountedStatements> {
  const { rows } = await administrator.query<{ text: string; calls: string; ms: number }>(
    `SELECT query AS text, calls, total_plan_time + total_exec_time AS ms
       FROM pg_stat_statements JOIN pg_database ON pg_database.oid = dbid
      WHERE datname = $1 ORDER BY calls DESC, query`,
    [database],
  );
  const texts = rows.map(({ text, calls }) => ({ text, calls: Number(calls) }));
  return {
    statements: texts.reduce((sum, { calls }) => sum + calls, 0),
    databaseMs: rows.reduce((sum, { ms }) => sum + ms, 0),
    texts,
  };
}
