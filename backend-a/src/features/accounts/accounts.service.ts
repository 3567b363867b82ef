import { randomUUID } from 'node:crypto';
import type { Db } from '../../db/db.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { Account, AccountChange, Role } from './account.ts';
import { getAccount, insertAccount, updateAccount } from './accounts.repository.ts';
import { mustBeInvited, trimEmail } from './accounts.rules.ts';
import { hashPassword } from './password.ts';

export interface NewAccount {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  readonly role: Role;
  readonly specialty?: string;
  readonly inviteCode?: string;
  readonly configuredInviteCode: string;
}

/** @throws Problem invite-required, email-taken */
export async function createAccount(db: Db, input: NewAccount, now: Date): Promise<Account> {
  mustBeInvited(input.role, input.inviteCode, input.configuredInviteCode);
  const account: Account = {
    id: randomUUID(),
    email: trimEmail(input.email),
    role: input.role,
    displayName: input.displayName,
    specialty: input.specialty ?? null,
    timeZone: 'UTC',
    createdAt: now,
  };
  const passwordHash = await hashPassword(input.password);
  await inTransaction(db, (tx) => insertAccount(tx, account, passwordHash));
  return account;
}

export function getMe(db: Db, input: { accountId: string }, _now: Date): Promise<Account> {
  return getAccount(db, input.accountId);
}

/** @rule accounts/profile */
export async function updateMe(
  db: Db,
  input: { accountId: string; change: AccountChange },
  _now: Date,
): Promise<Account> {
  if (Object.keys(input.change).length > 0) await updateAccount(db, input.accountId, input.change);
  return getAccount(db, input.accountId);
}
