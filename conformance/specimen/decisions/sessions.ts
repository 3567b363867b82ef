import { randomBytes } from 'node:crypto';
import type { Account, FailedLogin, Session, World } from '../world.ts';

const minute = 60_000;

export const sessionDecisions = {
  newToken: (): string => randomBytes(32).toString('base64url'),

  sessionExpiry: (now: number): number => now + 12 * 60 * minute,

  bearerToken: (authorization: string | undefined): string | undefined =>
    /^bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization ?? '')?.[1],

  isExpired: (session: Session, now: number): boolean => now >= session.expiresAt,

  isRevoked: (session: Session, _replica: number): boolean => session.revokedOn !== null,

  sessionsToRevoke: (current: Session, ofAccount: Session[], everywhere: boolean, _now: number): Session[] =>
    everywhere ? ofAccount : [current],

  /** Whose account a session acts for. */
  actingAs: (owner: Account, _headers: Record<string, string>, _world: World): Account => owner,

  challenge: (): Record<string, string> => ({ 'www-authenticate': 'Bearer' }),

  /** What an unknown email's password is compared with, so that the work is the same. */
  comparesUnknownEmail: (): boolean => true,

  loginRefusal: (_isEmailKnown: boolean): string => 'Email or password are wrong; check both and try again.',

  attemptKey: (emailKey: string, _asSent: string): string => emailKey,

  /** Whether what was sent is an account's email, beyond case and white space. */
  isLoginEmail: (_account: Account, _asSent: string): boolean => true,

  failuresInWindow: (failures: FailedLogin[], now: number, _replica: number): FailedLogin[] =>
    failures.filter(({ at }) => at <= now + 5_000 && at > now - 15 * minute),

  isLimited: (failures: number): boolean => failures >= 10,

  /** Whether the limit holds of this login. */
  isLimitChecked: (_isEmailKnown: boolean, _isPasswordRight: boolean): boolean => true,

  countsAsFailure: (answer: 'wrong' | 'right' | 'limited'): boolean => answer === 'wrong',

  clearsFailures: (_answer: 'right'): boolean => false,

  retryAfterSeconds: (oldestFailure: number, now: number): number =>
    Math.max(1, Math.ceil((oldestFailure + 15 * minute - now) / 1000)),
};
