import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';

const lock = 726_001;

/** Applies the schema, which may be there already; two at once wait for each other. */
async function migrate(): Promise<void> {
  const client = new Client({ connectionString: process.env['DATABASE_URL'], connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [lock]);
    await client.query("SET LOCAL client_min_messages = 'warning'");
    await client.query(readFileSync(path.join(import.meta.dirname, 'schema.sql'), 'utf8'));
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

await migrate();
