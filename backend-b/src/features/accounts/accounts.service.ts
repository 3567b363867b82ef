import { randomUUID } from 'node:crypto';
import type { Db } from '../../db/client.ts';
import { insertAccount, isEmailTaken, updateAccount, type AccountChange } from './accounts.repository.ts';
import { checkInvite, emailTaken, trimmedEmail, type Account, type Role } from './accounts.rules.ts';
import { hashPassword } from './passwords.ts';

export interface NewAccountInput {
  email: string;
  password: string;
  displayName: string;
  role: Role;
  specialty: string | undefined;
  inviteCode: string | undefined;
  /** The configured code that a doctor has to know. */
  expectedInviteCode: string;
}

/** @throws Problem invite-required, email-taken */
export async function createAccount(db: Db, input: NewAccountInput, now: Date): Promise<Account> {
  checkInvite(input.role, input.inviteCode, input.expectedInviteCode);
  const email = trimmedEmail(input.email);
  // The unique index decides; asking first spares the costly hash.
  if (await isEmailTaken(db.orm, email)) throw emailTaken();
  return insertAccount(db.orm, {
    id: randomUUID(),
    email,
    passwordHash: await hashPassword(input.password),
    role: input.role,
    displayName: input.displayName,
    specialty: input.specialty ?? null,
    createdAt: now,
  });
}

/** What is absent stays. */
export async function updateMe(
  db: Db,
  input: { account: Account; change: AccountChange },
  _now: Date,
): Promise<Account> {
  const isChange = Object.values(input.change).some((value) => value !== undefined);
  return isChange ? updateAccount(db.orm, input.account.id, input.change) : input.account;
}

/** The caller's own account, as the session look-up has just read it. */
export async function getMe(_db: Db, input: { account: Account }, _now: Date): Promise<Account> {
  return input.account;
}
