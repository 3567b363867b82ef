import { Client } from 'pg';
import { codeOf, StartError, wordsOf } from './errors.ts';

/** The same server and role, another database. */
export function withDatabase(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

/**
 * Connects and asks whether the role may create databases.
 * @param setting the name of the setting that holds the URL, for the message
 * @throws StartError, one line with cause and way out, when the URL is wrong or the database cannot be reached.
 */
export async function checkDatabase(setting: string, url: string): Promise<{ mayCreateDatabases: boolean }> {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new StartError(`${setting} is no PostgreSQL URL: write postgresql://role:password@host:port/database`);
  }
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined); // After the question is answered a cut connection concerns nobody.
  try {
    await client.connect();
    const { rows } = await client.query<{ may: boolean }>(
      'SELECT rolcreatedb OR rolsuper AS may FROM pg_roles WHERE rolname = current_user',
    );
    return { mayCreateDatabases: rows[0]?.may ?? false };
  } catch (error) {
    throw new StartError(`${setting}: ${reasonOf(error, new URL(url))}`, { cause: error });
  } finally {
    await client.end();
  }
}

function reasonOf(error: unknown, { hostname, port, pathname, username }: URL): string {
  const server = `${hostname}:${port || 5432}`;
  const name = pathname.slice(1);
  const words: Record<string, string> = {
    ECONNREFUSED: `nothing listens on ${server}; start PostgreSQL there or correct the port`,
    ENOTFOUND: `there is no host ${hostname}; correct the name`,
    '3D000': `${server} has no database "${name}"; create it: createdb -h ${hostname} -p ${port || 5432} -O ${username} ${name}`,
    '28P01': `${server} refuses the password of role "${username}"; correct it in the URL`,
    '28000': `${server} does not let role "${username}" in; correct the role, or pg_hba.conf`,
    '42501': `role "${username}" may not connect to "${name}" on ${server}; grant it CONNECT`,
  };
  return words[codeOf(error) ?? ''] ?? `${server} gives no connection to "${name}": ${wordsOf(error)}`;
}
