import type { Client } from 'pg';
import { processorMs } from './processor-time.ts';

/**
 * The milliseconds that PostgreSQL has run for a database: the processes of its connections. What PostgreSQL does for all
 * databases together (checkpoints, writing of the log) is not in it.
 */
export async function databaseMs(administrator: Client, database: string): Promise<number> {
  const connected = 'SELECT pid FROM pg_stat_activity WHERE datname = $1';
  const { rows } = await administrator.query<{ pid: number }>({
    name: 'pids',
    text: connected,
    values: [database],
  });
  return rows.reduce((sum, { pid }) => sum + processorMs(pid), 0);
}
