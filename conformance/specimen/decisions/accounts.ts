import { createHash, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { Account, Role, Secret } from '../world.ts';

const asciiWhiteSpaceAround = /^[\t-\r ]+|[\t-\r ]+$/g;

/** scrypt pads what is short with zeros, so that a password and the same with U+0000 after it would be one. */
const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest();

export const accountDecisions = {
  shownEmail: (email: string): string => email.replace(asciiWhiteSpaceAround, ''),

  emailKey: (email: string): string => email.replace(asciiWhiteSpaceAround, '').toLowerCase(),

  needsInvite: (role: Role): boolean => role === 'doctor',

  isInviteRight: (sent: string | undefined, configured: string): boolean => sent === configured,

  /** Which of two reasons to refuse a new account is told first. */
  firstRefusal: (isInviteMissing: boolean, isEmailTaken: boolean): 'invite-required' | 'email-taken' | undefined =>
    isInviteMissing ? 'invite-required' : isEmailTaken ? 'email-taken' : undefined,

  mayHaveSpecialty: (role: Role): boolean => role === 'doctor',

  /** UTF-8 makes U+FFFD of a lone surrogate, so that another text would have the same bytes. */
  canBePassword: (password: string): boolean => password.isWellFormed(),

  /** What of a password is hashed. */
  passwordBytes: (password: string): Buffer => Buffer.from(password, 'utf8'),

  hashCost: (): number => 16,

  hashPassword(bytes: Buffer, cost: number): Secret {
    const salt = randomBytes(16);
    return { salt, hash: scryptSync(digestOf(bytes), salt, 32, { N: cost }) };
  },

  isPassword: (bytes: Buffer, secret: Secret, cost: number): boolean =>
    timingSafeEqual(scryptSync(digestOf(bytes), secret.salt, 32, { N: cost }), secret.hash),

  /** Lets others go first between a check and the write that relies on it: the honest specimen never does. */
  pauseBeforeWrite: (_operationId: string): Promise<void> | undefined => undefined,

  newTimeZone: (): string => 'UTC',

  /** What a change that names no specialty leaves in its place. */
  unchangedSpecialty: (present: string | null): string | null => present,

  shownAccount: (account: Account, createdAt: string): Record<string, unknown> => ({
    id: account.id,
    email: account.email,
    role: account.role,
    displayName: account.displayName,
    specialty: account.specialty,
    timeZone: account.timeZone,
    createdAt,
  }),

  shownProfile: (account: Account): Record<string, unknown> => ({
    id: account.id,
    role: account.role,
    displayName: account.displayName,
    specialty: account.specialty,
  }),
};
