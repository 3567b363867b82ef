import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from 'pg';
import { processorMs } from './processor-time.ts';

/**
 * The milliseconds that PostgreSQL has run for a database: the processes of its connections. What PostgreSQL does for all
 * databases together (checkpoints, writing of the log) is not in it.
 */
export async function databaseMs(administrator: Client, database: string): Promise<number> {
  const byProcess = await processesMs(administrator, database);
  return [...byProcess.values()].reduce((sum, ms) => sum + ms, 0);
}

const LOOK_EVERY_MS = 250;

/** The same from now on, also of connections that end meanwhile: what those ran after the last look is lost. */
export async function watchDatabase(administrator: Client, database: string): Promise<{ end(): Promise<number> }> {
  const before = await processesMs(administrator, database);
  const latest = new Map(before);
  const look = async (): Promise<void> => {
    for (const [pid, ms] of await processesMs(administrator, database)) latest.set(pid, ms);
  };
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      await wait(LOOK_EVERY_MS, undefined, { signal: over.signal }).catch(() => undefined);
      await look();
    }
  })();
  return {
    async end() {
      over.abort();
      await watching;
      return [...latest].reduce((sum, [pid, ms]) => sum + ms - (before.get(pid) ?? 0), 0);
    },
  };
}

async function processesMs(administrator: Client, database: string): Promise<Map<number, number>> {
  const connected = 'SELECT pid FROM pg_stat_activity WHERE datname = $1';
  const { rows } = await administrator.query<{ pid: number }>({
    name: 'pids',
    text: connected,
    values: [database],
  });
  const read = rows.map(({ pid }) => [pid, processorMs(pid)] as const);
  return new Map(read.filter(([, ms]) => ms > 0)); // One that has ended meanwhile has none.
}
