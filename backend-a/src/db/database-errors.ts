import { DatabaseError } from 'pg';
import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';

/** The database has not been reached since the start. */
export class NotConnectedError extends Error {}

const awayCodes = new Set([
  '53300', // too many connections
  '55P03', // lock_timeout
  '57014', // statement_timeout
  '57P01', // shutting down
  '57P02',
  '57P03', // starting up
  '25P02', // what follows such a failure in a transaction
]);

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

const brokenConnection =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered)/;

/** Whether a failure says that the database is out of reach, or too busy to answer in time, rather than that we erred. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof NotConnectedError || error instanceof QueryRunnerAlreadyReleasedError) return true;
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (cause instanceof DatabaseError) return awayCodes.has(cause.code ?? '') || (cause.code ?? '').startsWith('08');
  if (!(cause instanceof Error)) return false;
  return brokenConnection.test(cause.message) || ('code' in cause && networkCodes.has(String(cause.code)));
}

/** The query was given up on; its connection is still busy with it and must not be used again. */
export function isReadTimeout(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout';
}

/** The name of the constraint that refused a write, if that is what the failure is. */
export function violatedConstraint(error: unknown): string | undefined {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return cause instanceof DatabaseError && (cause.code ?? '').startsWith('23') ? cause.constraint : undefined;
}

/** Whether a transaction failed only because of another one, so that it may be tried again. */
export function isWorthRetrying(error: unknown): boolean {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return cause instanceof DatabaseError && (cause.code === '40001' || cause.code === '40P01');
}
