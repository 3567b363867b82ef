import { createHash, randomBytes } from 'node:crypto';
import { Problem } from '../../problem.ts';
import { folded, trimmedEmail, type Account } from '../accounts/accounts.rules.ts';

export interface Caller {
  sessionId: string;
  expiresAt: Date;
  account: Account;
}

export const MOST_FAILURES = 10;
const WINDOW_MS = 15 * 60_000;
const SESSION_MS = 12 * 3_600_000;

/** @rule sessions/token */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function tokenHash(token: string): Uint8Array<ArrayBuffer> {
  return sha256(token);
}

/** What attempts are counted by: known to be an account's email or not, and of any length. */
export function emailHash(email: string): Uint8Array<ArrayBuffer> {
  return sha256(folded(trimmedEmail(email)));
}

export function expiryOf(login: Date): Date {
  return new Date(login.getTime() + SESSION_MS);
}

/** Failures at or before this instant no longer count. */
export function windowStart(now: Date): Date {
  return new Date(now.getTime() - WINDOW_MS);
}

/**
 * @param failures the instants of the failures in the window, oldest first
 * @rule sessions/attempt-limit
 */
export function checkFailures(failures: readonly Date[], now: Date): void {
  const oldestOfTheLimit = failures.at(-MOST_FAILURES);
  if (oldestOfTheLimit === undefined) return;
  const retryAfterSeconds = (oldestOfTheLimit.getTime() + WINDOW_MS - now.getTime()) / 1000;
  const detail = 'Too many logins failed for this email; try again after the seconds that Retry-After names.';
  throw new Problem('too-many-attempts', detail, { retryAfterSeconds });
}

export function invalidCredentials(): Problem {
  return new Problem('invalid-credentials', 'The email or the password is wrong; check both.');
}

function sha256(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(text).digest());
}
