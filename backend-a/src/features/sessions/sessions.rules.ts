import { createHash } from 'node:crypto';
import { Problem } from '../../problem.ts';
import { foldEmail } from '../accounts/accounts.rules.ts';

const hour = 3_600_000;

/** 256 random bits. */
export const tokenBytes = 32;

/**
 * What is stored of a token.
 *
 * @rule sessions/token
 */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** @rule sessions/token */
export function expiryOf(createdAt: Date): Date {
  return new Date(createdAt.getTime() + 12 * hour);
}

/** What attempts are counted by: any two strings may be tried, and emails are told apart as accounts are. */
export function hashOfEmail(email: string): Buffer {
  return createHash('sha256').update(foldEmail(email)).digest();
}

/** Simultaneous attempts, on replicas whose clocks differ a little, count for each other whoever came first. */
export const attemptLimit = { failures: 10, windowMilliseconds: hour / 4, simultaneousMilliseconds: 5_000 } as const;

/** How the attempts for one email stand. */
export interface Attempts {
  /** When the failures in the window happened, the newest first. */
  readonly failedAt: readonly Date[];
  /** How many are being checked at this moment. */
  readonly pending: number;
}

export type Verdict = 'open' | 'wait';

/**
 * Whether another attempt may be made, or must wait until those at hand are decided.
 *
 * @throws Problem too-many-attempts
 * @rule sessions/attempt-limit
 */
export function judgeAttempt({ failedAt, pending }: Attempts, now: Date): Verdict {
  const tenth = failedAt[attemptLimit.failures - 1];
  if (tenth === undefined) return failedAt.length + pending < attemptLimit.failures ? 'open' : 'wait';
  const opensAt = tenth.getTime() + attemptLimit.windowMilliseconds;
  const retryAfterSeconds = Math.max(1, Math.ceil((opensAt - now.getTime()) / 1000));
  throw new Problem(
    'too-many-attempts',
    `Too many failed attempts for this email; try again in ${retryAfterSeconds} s.`,
    {
      retryAfterSeconds,
    },
  );
}

/** @rule sessions/no-account-oracle */
export function invalidCredentials(): Problem {
  return new Problem('invalid-credentials', 'Email or password is wrong; check both.');
}
