import { violatedConstraint } from '../../db/database-errors.ts';
import type { Db } from '../../db/db.ts';
import { Problem } from '../../problem.ts';
import { fold } from '../../text.ts';
import { eventStreamEntity } from '../events/events.entity.ts';
import type { Account, AccountChange } from './account.ts';
import { accountEntity, type AccountRow } from './accounts.entity.ts';
import { foldEmail } from './accounts.rules.ts';

/**
 * Stores a new account and its empty event stream; needs a transaction.
 *
 * @throws Problem email-taken
 */
export async function insertAccount(tx: Db, account: Account, passwordHash: string): Promise<void> {
  const row: AccountRow = {
    ...account,
    passwordHash,
    emailFolded: foldEmail(account.email),
    displayNameFolded: fold(account.displayName),
    specialtyFolded: foldOrNull(account.specialty),
  };
  try {
    await tx.orm.createQueryBuilder().insert().into(accountEntity).values(row).updateEntity(false).execute();
  } catch (error) {
    if (violatedConstraint(error) !== 'accounts_email_folded_key') throw error;
    throw new Problem('email-taken', 'There is an account with this email address; log in, or use another one.', {
      cause: error,
    });
  }
  await tx.orm
    .createQueryBuilder()
    .insert()
    .into(eventStreamEntity)
    .values({ accountId: account.id })
    .updateEntity(false)
    .execute();
}

/** @throws Error when there is none: the id is a session's, and accounts are never deleted */
export async function getAccount(db: Db, accountId: string): Promise<Account> {
  const row = await db.orm
    .createQueryBuilder(accountEntity, 'account')
    .where('account.id = :accountId', { accountId })
    .getOneOrFail();
  return accountOf(row);
}

/** The account with this email, and its password's hash. */
export async function findAccountByEmail(
  db: Db,
  emailFolded: string,
): Promise<{ account: Account; passwordHash: string } | undefined> {
  const row = await db.orm
    .createQueryBuilder(accountEntity, 'account')
    .addSelect('account.passwordHash')
    .where('account.emailFolded = :emailFolded', { emailFolded })
    .getOne();
  return row ? { account: accountOf(row), passwordHash: row.passwordHash } : undefined;
}

/** Changes what is named and nothing else; `change` names something. */
export async function updateAccount(db: Db, accountId: string, change: AccountChange): Promise<void> {
  const { displayName, specialty } = change;
  await db.orm
    .createQueryBuilder()
    .update(accountEntity)
    .set({
      ...change,
      ...(displayName !== undefined && { displayNameFolded: fold(displayName) }),
      ...(specialty !== undefined && { specialtyFolded: fold(specialty) }),
    })
    .where('id = :accountId', { accountId })
    .execute();
}

function accountOf({ id, email, role, displayName, specialty, timeZone, createdAt }: AccountRow): Account {
  return { id, email, role, displayName, specialty, timeZone, createdAt };
}

function foldOrNull(text: string | null): string | null {
  return text === null ? null : fold(text);
}
