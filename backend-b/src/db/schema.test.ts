import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDatabaseUrl } from '../config.ts';

const folder = new URL('../../prisma/schema/', import.meta.url);
const schema = readdirSync(folder)
  .map((file) => readFileSync(new URL(file, folder), 'utf8'))
  .join('\n');
const models = new Set([...schema.matchAll(/^model (\w+)/gm)].map(([, name]) => name));

const databaseTypes: Record<string, string> = {
  'String @db.Uuid': 'uuid',
  'DateTime @db.Timestamptz(3)': 'timestamp(3) with time zone',
  String: 'text',
  Bytes: 'bytea',
  Boolean: 'boolean',
  Int: 'integer',
  BigInt: 'bigint',
};

interface Column {
  table_name: string;
  column_name: string;
  data_type: string;
  is_nullable: boolean;
}

/** The columns that Prisma's schema says there are. */
function pictured(): string[] {
  return [...schema.matchAll(/^model \w+ \{([^}]*)@@map\("(\w+)"\)\s*\}/gm)].flatMap(([, body = '', table]) =>
    [...body.matchAll(/^ {2}(\w+)\s+(\w+)(\?|\[\])?(.*)$/gm)].flatMap(
      ([, field, type = '', suffix, attributes = '']) => {
        if (models.has(type)) return [];
        const native = /@db\.\w+(\(\d+\))?/.exec(attributes)?.[0];
        const column = /@map\("(\w+)"\)/.exec(attributes)?.[1] ?? field;
        const databaseType = databaseTypes[native ? `${type} ${native}` : type];
        return [`${table}.${column} ${databaseType}${suffix === '?' ? ' null' : ''}`];
      },
    ),
  );
}

describe("Prisma's picture of the schema", () => {
  const client = new pg.Client({ connectionString: readDatabaseUrl() });
  beforeAll(() => client.connect());
  afterAll(() => client.end());

  it('is what the migrations made', async () => {
    const { rows } = await client.query<Column>(
      `SELECT c.relname AS table_name, a.attname AS column_name, format_type(a.atttypid, a.atttypmod) AS data_type,
         NOT a.attnotnull AS is_nullable
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
         AND c.relname <> '_prisma_migrations'`,
    );
    const made = rows.map(
      (row) => `${row.table_name}.${row.column_name} ${row.data_type}${row.is_nullable ? ' null' : ''}`,
    );
    expect(made.sort()).toEqual(pictured().sort());
  });

  it('knows every unique index, but for those it cannot say', async () => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT i.relname AS name FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
       WHERE i.relnamespace = 'public'::regnamespace AND x.indisunique AND NOT x.indisprimary`,
    );
    const unique = [...schema.matchAll(/@unique|@@unique/g)].length;
    expect(rows).toHaveLength(unique);
  });
});
