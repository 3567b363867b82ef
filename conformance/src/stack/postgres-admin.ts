import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { codeOf, StartError, wordsOf } from './errors.ts';

/** A database's address on our own server; role, password and name need no escaping. */
export function urlOf(port: number, role: string, password: string, name: string): string {
  return `postgresql://${role}:${password}@127.0.0.1:${port}/${name}`;
}

/** Keeps every role but the administrator out of a new cluster's first databases. */
export async function closeToOthers(client: Client): Promise<void> {
  await client.query('REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC');
}

/**
 * Makes the role and its database, empty or a copy of another one, unless they are there; nobody but the role can connect
 * to it. Of a database that somebody is connected to no copy can be made.
 */
export async function createOwned(
  client: Client,
  name: string,
  owner: { name: string; password: string },
  template = 'template0',
): Promise<void> {
  await createRole(client, owner.name, owner.password);
  await createUnlessThere(
    client,
    `CREATE DATABASE ${escapeIdentifier(name)} OWNER ${escapeIdentifier(owner.name)} TEMPLATE ${escapeIdentifier(template)}`,
  );
  await client.query(`REVOKE ALL ON DATABASE ${escapeIdentifier(name)} FROM PUBLIC`);
}

async function createRole(client: Client, name: string, password: string): Promise<void> {
  await createUnlessThere(
    client,
    `CREATE ROLE ${escapeIdentifier(name)} LOGIN CREATEDB PASSWORD ${escapeLiteral(password)}`,
  );
}

/** CREATE ROLE and CREATE DATABASE know no IF NOT EXISTS, and another command may do the same at this moment. */
async function createUnlessThere(client: Client, statement: string): Promise<void> {
  try {
    await client.query(statement);
  } catch (error) {
    const [duplicateObject, duplicateDatabase, uniqueViolation] = ['42710', '42P04', '23505'];
    if (![duplicateObject, duplicateDatabase, uniqueViolation].includes(codeOf(error) ?? '')) throw error;
  }
}

export async function dropDatabase(client: Client, name: string): Promise<void> {
  await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
}

export async function listDatabases(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database ORDER BY datname');
  return rows.map(({ datname }) => datname);
}

/**
 * Connects as the administrator for one piece of work.
 * @throws StartError with the database's own words.
 */
export async function asAdministrator<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined); // A connection cut after the work is done concerns nobody; a query's failure rejects.
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw new StartError(`the embedded PostgreSQL refuses: ${wordsOf(error)}`, { cause: error });
  } finally {
    await client.end();
  }
}
