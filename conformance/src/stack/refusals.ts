import { escapeIdentifier, escapeLiteral } from 'pg';
import type { ScratchDatabase } from './scratch-database.ts';

/** The constraint's name, as it stands in the database's error. */
export const REFUSAL = 'duet_refusal';

/** While `work` is done the database refuses every new row that holds this text anywhere, and tells the row in its error. */
export async function refusingRows(database: ScratchDatabase, text: string, work: () => Promise<void>): Promise<void> {
  const tables = await database.query(
    `select schemaname, tablename from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const named = tables.map(({ schemaname, tablename }) => ({
    whole: `${escapeIdentifier(String(schemaname))}.${escapeIdentifier(String(tablename))}`,
    row: escapeIdentifier(String(tablename)),
  }));
  for (const { whole, row } of named)
    await database.query(
      `alter table ${whole} add constraint ${REFUSAL} check (position(${escapeLiteral(text)} in ${row}::text) = 0) not valid`,
    );
  try {
    await work();
  } finally {
    for (const { whole } of named) await database.query(`alter table ${whole} drop constraint ${REFUSAL}`);
  }
}
