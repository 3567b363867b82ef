import { EntitySchema } from 'typeorm';
import { instant, optionalInstant, recordedAt } from '../../db/columns.ts';
import type { AccountRow } from '../accounts/accounts.entity.ts';

export interface SessionRow {
  id: string;
  accountId: string;
  account?: AccountRow;
  /** SHA-256 of the token; the token itself is nowhere. */
  tokenHash: Buffer;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
}

export const sessionEntity = new EntitySchema<SessionRow>({
  name: 'Session',
  tableName: 'sessions',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'sessions_pkey' },
    accountId: { name: 'account_id', type: 'uuid' },
    tokenHash: { name: 'token_hash', type: 'bytea' },
    createdAt: instant('created_at'),
    expiresAt: instant('expires_at'),
    revokedAt: optionalInstant('revoked_at'),
  },
  relations: {
    account: {
      type: 'many-to-one',
      target: 'Account',
      joinColumn: { name: 'account_id', foreignKeyConstraintName: 'sessions_account_fkey' },
    },
  },
  uniques: [{ name: 'sessions_token_hash_key', columns: ['tokenHash'] }],
  indices: [{ name: 'sessions_account', columns: ['accountId'] }],
});

/** One try to log in: pending while its password is checked, then failed, or gone when it succeeded. */
export interface LoginAttemptRow {
  id: string;
  /** SHA-256 of the folded email: any two strings may be tried, and not all of them can be stored. */
  emailHash: Buffer;
  at: Date;
  hasFailed: boolean;
  recordedAt: Date;
}

export const loginAttemptEntity = new EntitySchema<LoginAttemptRow>({
  name: 'LoginAttempt',
  tableName: 'login_attempts',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'login_attempts_pkey' },
    emailHash: { name: 'email_hash', type: 'bytea' },
    at: instant('at'),
    hasFailed: { name: 'has_failed', type: 'boolean' },
    recordedAt: recordedAt(),
  },
  indices: [
    { name: 'login_attempts_email', columns: ['emailHash', 'at'] },
    { name: 'login_attempts_recorded', columns: ['recordedAt'] },
  ],
});
