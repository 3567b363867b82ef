import type { ScratchDatabase } from './scratch-database.ts';

/** Every row of every table of a database as text, bytes in hex: what a thief of a backup could read. */
export async function readStoredRows(database: ScratchDatabase): Promise<string[]> {
  const tables = await database.query(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const rows: string[] = [];
  for (const { name } of tables) {
    const found = await database.query(`SELECT stored::text AS text FROM ${String(name)} stored`);
    rows.push(...found.map(({ text }) => String(text)));
  }
  return rows;
}

/** The spellings that bytes may have in such a row: hex, base64 and base64url. */
export function spellings(bytes: Uint8Array): string[] {
  const buffer = Buffer.from(bytes);
  const hex = buffer.toString('hex');
  return [hex, hex.toUpperCase(), buffer.toString('base64').replace(/=+$/, ''), buffer.toString('base64url')];
}
