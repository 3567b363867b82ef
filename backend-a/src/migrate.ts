import pg from 'pg';
import { readUrl } from './config.values.ts';
import { Settings, ConfigError } from './config.settings.ts';
import { hasAllMigrations } from './db/applied-migrations.ts';

/** Two replicas may start at once; one of them migrates, and the other finds nothing left to do. */
const lock = `hashtextextended('duet backend-a migrations', 0)`;

try {
  await migrate(readDatabaseUrl());
} catch (error) {
  fail(error);
}

function fail(error: unknown): never {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exit(1);
}

async function migrate(databaseUrl: string): Promise<void> {
  const holder = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await holder.connect();
  try {
    await holder.query(`SELECT pg_advisory_lock(${lock})`);
    const isUpToDate = await hasAllMigrations(
      async ({ text }, values) => (await holder.query<{ applied: number }>(text, values)).rows,
    );
    const names = isUpToDate ? [] : await runMigrations(databaseUrl);
    for (const name of names) process.stdout.write(`applied ${name}\n`);
    process.stdout.write('the database is up to date\n');
  } finally {
    await holder.end();
  }
}

async function runMigrations(databaseUrl: string): Promise<string[]> {
  // Loaded only when there is something to do: that is most of what this process costs.
  const { createMigrationSource } = await import('./db/migration-source.ts');
  const source = createMigrationSource({ databaseUrl, onConnectionLost: fail });
  await source.initialize();
  try {
    return (await source.runMigrations({ transaction: 'each' })).map(({ name }) => name);
  } finally {
    await source.destroy();
  }
}

function readDatabaseUrl(): string {
  const settings = new Settings(process.env);
  const url = settings.required('DATABASE_URL', readUrl(['postgres:', 'postgresql:']));
  settings.mustBeRight();
  return url;
}

function reasonOf(error: unknown): string {
  if (error instanceof ConfigError) return error.lines.join('\n');
  const cause =
    error instanceof Error ? error.message || String('code' in error ? error.code : error.name) : String(error);
  const oneLine = cause.replace(/\s+/g, ' ');
  return `DATABASE_URL: the database cannot be migrated (${oneLine}); check that it runs, and the URL's host, user, password and name`;
}
