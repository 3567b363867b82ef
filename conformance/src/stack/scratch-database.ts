import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, escapeIdentifier, Pool } from 'pg';
import { withDatabase } from './database-address.ts';
import { codeOf } from './errors.ts';
import type { Launcher } from './launcher.ts';
import { runMigrate } from './launching.ts';

const DROP_ATTEMPTS = 20;
const INSUFFICIENT_PRIVILEGE = '42501';

export type Row = Record<string, unknown>;

export type ScratchDatabase = {
  url: string;
  name: string;
  /** Runs a statement in it. @returns the rows */
  query(sql: string, params?: unknown[]): Promise<Row[]>;
  /** Drops it, whoever is connected. */
  drop(): Promise<void>;
};

/** A new name for a database that lives as long as this process at most; those of dead ones are found by it. */
export function temporaryName(purpose: string): string {
  return `duet_${purpose}_p${process.pid}_${randomBytes(4).toString('hex')}`;
}

/** The process to which a database with a temporary name belongs; undefined for any other name. */
export function ownerOfName(name: string): number | undefined {
  const found = /^duet_[a-z]+_p(\d+)_[0-9a-f]{8}$/.exec(name);
  return found ? Number(found[1]) : undefined;
}

/**
 * Makes an empty database that nobody else can connect to, and runs the launcher's migrations in it.
 * @param options.migrate false leaves it empty
 * @throws StartError when the migrations fail.
 */
export async function createScratchDatabase(
  launcher: Launcher,
  options: { migrate?: boolean } = {},
): Promise<ScratchDatabase> {
  const { name, url } = await createEmptyDatabase(launcher.databaseUrl);
  const pool = new Pool({ connectionString: url, max: 2, allowExitOnIdle: true });
  pool.on('error', () => undefined); // An idle connection was cut, by a drop or a restart; the next query opens another.
  const database: ScratchDatabase = {
    url,
    name,
    query: async (sql, params) => (await pool.query<Row>(sql, params)).rows,
    async drop() {
      await pool.end();
      await dropEmptyDatabase(launcher.databaseUrl, name);
    },
  };
  if (options.migrate !== false)
    await runMigrate(launcher, { databaseUrl: url }).catch(async (error: unknown) => {
      await database.drop();
      throw error;
    });
  return database;
}

/** Makes an empty database, that nobody else can connect to, on the server of `besideUrl`. */
export async function createEmptyDatabase(besideUrl: string): Promise<{ name: string; url: string }> {
  const name = temporaryName('scratch');
  await onServer(besideUrl, async (client) => {
    await client.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE template0`);
    await client.query(`REVOKE ALL ON DATABASE ${escapeIdentifier(name)} FROM PUBLIC`);
  });
  return { name, url: withDatabase(besideUrl, name) };
}

/** Drops a database of the server of `besideUrl`, whoever is connected. */
export async function dropEmptyDatabase(besideUrl: string, name: string): Promise<void> {
  const drop = (): Promise<unknown> =>
    onServer(besideUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`));
  for (let attempt = 1; attempt < DROP_ATTEMPTS; attempt += 1) {
    try {
      await drop();
      return;
    } catch (error) {
      // PostgreSQL's own vacuum may be at work there, which no ordinary role may end; it is gone in a moment.
      if (codeOf(error) !== INSUFFICIENT_PRIVILEGE) throw error;
      await pause(250);
    }
  }
  await drop();
}

async function onServer<Result>(databaseUrl: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined); // What was asked for is answered or rejected by its query.
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
