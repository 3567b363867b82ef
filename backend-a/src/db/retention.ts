import type { Database } from './database.ts';

const tidyMilliseconds = 3_600_000;

/** By real time alone: a request that was told another time must not delete what others still read. */
const deletions = [
  `DELETE FROM login_attempts WHERE recorded_at < now() - interval '1 day'`,
  `DELETE FROM idempotency_keys WHERE recorded_at < now() - interval '2 days'`,
];

/** Deletes, once an hour, what no request can read any more. */
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
