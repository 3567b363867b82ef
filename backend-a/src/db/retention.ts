import type { Database } from './database.ts';

const tidyMilliseconds = 600_000;

/** By real time alone: a request that was told another time must not delete what others still read. */
const deletions = [
  `DELETE FROM login_attempts WHERE recorded_at < now() - interval '1 day'`,
  `DELETE FROM idempotency_keys WHERE recorded_at < now() - interval '2 days'`,
  oldest('events'),
  oldest('signals'),
];

/** Some of the oldest rows, those that no other replica is deleting already. */
function oldest(table: 'events' | 'signals'): string {
  return `DELETE FROM ${table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM ${table}
    WHERE recorded_at < now() - interval '25 hours' ORDER BY recorded_at LIMIT 20000 FOR UPDATE SKIP LOCKED))`;
}

/** Deletes, every ten minutes, what no request can read any more. */
export function keepTidy(database: Database, onFailure: (cause: unknown) => void): NodeJS.Timeout {
  const tidy = async () => {
    try {
      for (const deletion of deletions) await database.orm.query(deletion);
    } catch (error) {
      onFailure(error);
    }
  };
  return setInterval(() => void tidy(), tidyMilliseconds).unref();
}
