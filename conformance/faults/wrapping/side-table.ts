import { Client } from 'pg';

/** Keeps texts in a table of its own beside the server's. @returns what adds one */
export function openSideTable(databaseUrl: string | undefined): (text: string) => void {
  const client = new Client({ connectionString: databaseUrl });
  const isOpen = client
    .connect()
    .then(() => client.query('CREATE TABLE IF NOT EXISTS kept_beside (text text)'))
    .catch((error: unknown) => process.stderr.write(`side table: ${String(error)}\n`));
  process.on('SIGTERM', () => void client.end());
  return (text) => {
    void isOpen.then(() => client.query('INSERT INTO kept_beside VALUES ($1)', [text]));
  };
}
