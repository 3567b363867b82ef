import { Problem } from '../../problem.ts';

const RETRY_SECONDS = 1;

/** @rule operations/drain */
export function checkNotDraining(isDraining: boolean): void {
  if (!isDraining) return;
  const detail = 'The server is shutting down; ask another one.';
  throw new Problem('service-unavailable', detail, { retryAfterSeconds: RETRY_SECONDS });
}

/** Newer migrations than this version's do no harm. */
export function checkMigrated(own: readonly string[], finished: readonly string[]): void {
  const missing = own.filter((name) => !finished.includes(name));
  if (missing.length === 0) return;
  const detail = `The database lacks the migrations ${missing.join(', ')}; run npm run migrate.`;
  throw new Problem('service-unavailable', detail, { retryAfterSeconds: RETRY_SECONDS });
}
