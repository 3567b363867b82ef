import { randomUUID } from 'node:crypto';
import { escapeIdentifier } from 'pg';
import type { Row, ScratchDatabase } from './scratch-database.ts';

/** The rows in which a migration tool remembers what it has run, a row for each migration. */
export type MigrationTable = {
  /** Removes the row of the newest migration. @returns it, to be put back */
  takeLast(): Promise<Row>;
  add(row: Row): Promise<void>;
  /** Adds the row of a migration that this version does not know, made after the pattern of one that it does. */
  addNewerThan(row: Row): Promise<void>;
};

const CANDIDATES = `
  select table_schema, table_name, column_name
  from information_schema.columns
  where table_schema not in ('pg_catalog', 'information_schema')
    and table_name ~* 'migration|schema_history|schema_version'
    and column_name ~* 'name|version|script|hash'
    and data_type in ('text', 'character varying')
  order by column_name ~* 'name' desc, table_name`;

/** Recognises the table of the usual migration tools by its names; undefined when none is there or it is empty. */
export async function findMigrations(database: ScratchDatabase): Promise<MigrationTable | undefined> {
  for (const found of await database.query(CANDIDATES)) {
    const table = `${identifier(found['table_schema'])}.${identifier(found['table_name'])}`;
    const [first] = await database.query(`select 1 from ${table} limit 1`);
    if (first) return migrationsIn(database, table, String(found['column_name']));
  }
  return undefined;
}

function migrationsIn(database: ScratchDatabase, table: string, nameColumn: string): MigrationTable {
  const name = identifier(nameColumn);
  // Names begin or end with the time of their making, so digits count more than the words before them.
  const newestFirst = `substring(${name} from '\\d{4,}') desc nulls last, ${name} desc`;
  const add = async (row: Row): Promise<void> => {
    await database.query(`insert into ${table} select * from jsonb_populate_record(null::${table}, $1)`, [row]);
  };
  return {
    add,
    async takeLast() {
      const [last] = await database.query(
        `delete from ${table} as migration
         where ctid = (select ctid from ${table} order by ${newestFirst} limit 1)
         returning to_jsonb(migration) as row`,
      );
      return last?.['row'] as Row;
    },
    async addNewerThan(row) {
      const newer = Object.entries(row).map(([column, value]) => [
        column,
        column === nameColumn ? newerName(String(value)) : newerValue(value),
      ]);
      await add(Object.fromEntries(newer));
    },
  };
}

function newerValue(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  return typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(value) ? randomUUID() : value;
}

function newerName(name: string): string {
  const later = name.replace(/\d{4,}/, (digits) => '9'.repeat(digits.length));
  return later === name ? `${name}_9999` : later;
}

function identifier(name: unknown): string {
  return escapeIdentifier(String(name));
}
