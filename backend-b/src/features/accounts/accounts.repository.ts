import type { Orm } from '../../db/client.ts';
import { violatedConstraint } from '../../db/errors.ts';
import type { Account as AccountRow } from '../../db/generated/client.ts';
import { emailTaken, folded, toRole, type Account, type Role } from './accounts.rules.ts';

export interface NewAccount {
  id: string;
  email: string;
  passwordHash: string;
  role: Role;
  displayName: string;
  specialty: string | null;
  createdAt: Date;
}

export interface AccountChange {
  displayName?: string | undefined;
  specialty?: string | undefined;
  timeZone?: string | undefined;
}

const UNIQUE_EMAIL = 'accounts_email_folded_key';

/** Stores an account with its event stream. @throws Problem email-taken */
export async function insertAccount(orm: Orm, account: NewAccount): Promise<Account> {
  const { specialty } = account;
  try {
    const row = await orm.account.create({
      data: {
        ...account,
        emailFolded: folded(account.email),
        displayNameFolded: folded(account.displayName),
        specialtyFolded: specialty === null ? null : folded(specialty),
        timeZone: 'UTC',
        eventStream: { create: {} },
      },
    });
    return toAccount(row);
  } catch (error) {
    throw violatedConstraint(error) === UNIQUE_EMAIL ? emailTaken() : error;
  }
}

export async function isEmailTaken(orm: Orm, email: string): Promise<boolean> {
  return (await orm.account.count({ where: { emailFolded: folded(email) } })) > 0;
}

/** The account behind an email and the hash of its password. */
export async function findCredentials(orm: Orm, email: string) {
  // PostgreSQL cannot hold U+0000, so no account has such an email.
  if (email.includes('\0') || !email.isWellFormed()) return undefined;
  const row = await orm.account.findUnique({ where: { emailFolded: folded(email) } });
  return row ? { account: toAccount(row), passwordHash: row.passwordHash } : undefined;
}

/**
 * Changes what is given; what is undefined stays.
 * @rule accounts/profile
 */
export async function updateAccount(orm: Orm, id: string, change: AccountChange): Promise<Account> {
  const { displayName, specialty, timeZone } = change;
  const row = await orm.account.update({
    where: { id },
    data: {
      ...(displayName !== undefined && { displayName, displayNameFolded: folded(displayName) }),
      ...(specialty !== undefined && { specialty, specialtyFolded: folded(specialty) }),
      ...(timeZone !== undefined && { timeZone }),
    },
  });
  return toAccount(row);
}

export function toAccount(
  row: Omit<AccountRow, 'emailFolded' | 'passwordHash' | 'displayNameFolded' | 'specialtyFolded'>,
): Account {
  const { id, email, displayName, specialty, timeZone, createdAt } = row;
  return { id, email, role: toRole(row.role), displayName, specialty, timeZone, createdAt };
}
