import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from './database-address.ts';
import { openDatabaseProxy } from './database-proxy.ts';
import type { Launcher } from './launcher.ts';
import { startPostgres, type Postgres } from './postgres.ts';
import { createScratchDatabase } from './scratch-database.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'duet-postgres-'));
let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres({ dataFolder: folder });
  await Promise.all([postgres.createDatabase('one', 'role_one'), postgres.createDatabase('two', 'role_two')]);
}, 60_000);

afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 500, query_timeout: 500 });
  client.on('error', () => undefined); // The query rejects as well.
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('startPostgres', () => {
  it('gives UTF-8, C.UTF-8 and UTC', async () => {
    const sql = `SELECT current_setting('TimeZone') AS zone, datlocale AS locale, pg_encoding_to_char(encoding) AS encoding FROM pg_database WHERE datname = current_database()`;
    expect(await ask(postgres.url('one'), sql)).toEqual([{ zone: 'UTC', locale: 'C.UTF-8', encoding: 'UTF8' }]);
  });

  it('keeps the roles out of each other’s database', async () => {
    await expect(ask(withDatabase(postgres.url('one'), 'two'), 'SELECT 1')).rejects.toThrow(/permission denied/);
    await expect(ask(withDatabase(postgres.url('two'), 'one'), 'SELECT 1')).rejects.toThrow(/permission denied/);
  });

  it('keeps what is stored over a restart', async () => {
    await ask(postgres.url('one'), 'CREATE TABLE kept AS SELECT 7 AS seven');
    await postgres.restart();
    expect(await ask(postgres.url('one'), 'SELECT seven FROM kept')).toEqual([{ seven: 7 }]);
  });

  it('is shared by two users of one folder and lives until the last one leaves', async () => {
    const other = await startPostgres({ dataFolder: folder });
    expect(other.pid).toBe(postgres.pid);
    await other.stop();
    expect(await ask(postgres.url('one'), 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });
});

describe('createScratchDatabase', () => {
  const migrate = ['-e', `console.log('migrated', process.env.DATABASE_URL.length > 0)`];
  const launcher = (words: string[]): Launcher => {
    return {
      name: 'it',
      start: [],
      migrate: [process.execPath, ...words],
      cwd: folder,
      env: {},
      databaseUrl: postgres.url('one'),
    };
  };

  it('makes one that answers, and drops it', async () => {
    const database = await createScratchDatabase(launcher(migrate));
    expect(await database.query('SELECT $1::int AS n', [3])).toEqual([{ n: 3 }]);
    await expect(ask(withDatabase(postgres.url('two'), database.name), 'SELECT 1')).rejects.toThrow(
      /permission denied/,
    );
    await database.drop();
    expect(await postgres.databases()).not.toContain(database.name);
  });

  it('tells why migrations fail and leaves no database', async () => {
    const before = await postgres.databases();
    const failing = launcher(['-e', `console.error('DATABASE_URL: no'); process.exit(1)`]);
    await expect(createScratchDatabase(failing)).rejects.toThrow(
      'it: the migrations fail: DATABASE_URL: no (exited with code 1)',
    );
    expect(await postgres.databases()).toEqual(before);
  });
});

describe('openDatabaseProxy', () => {
  it('lets through, refuses when cut, waits when stalled, and recovers', async () => {
    const proxy = await openDatabaseProxy(postgres.url('one'));
    expect(await ask(proxy.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    await proxy.cut();
    await expect(ask(proxy.url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
    await proxy.restore();
    expect(await ask(proxy.url, 'SELECT 2 AS n')).toEqual([{ n: 2 }]);
    proxy.stall();
    await expect(ask(proxy.url, 'SELECT 1')).rejects.toThrow(/timeout/);
    await proxy.restore();
    expect(await ask(proxy.url, 'SELECT 3 AS n')).toEqual([{ n: 3 }]);
    await proxy.close();
  });

  it('cuts a connection in the middle of a query', async () => {
    const proxy = await openDatabaseProxy(postgres.url('one'));
    const asked = ask(proxy.url, 'SELECT pg_sleep(0.4)');
    setTimeout(() => void proxy.cut(), 150);
    await expect(asked).rejects.toThrow();
    await proxy.close();
  });
});
