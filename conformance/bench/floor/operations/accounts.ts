import { randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import type { components } from '@duet/contract/types';
import type { Row } from '../database.ts';
import { type Reply, json } from '../http/reply.ts';
import { requireCaller } from '../http/caller.ts';
import { fieldError } from '../http/validation.ts';
import type { Caller, Visit } from '../http/visit.ts';
import { writeInstant } from '../instants.ts';
import { type FieldError, invalid, Problem, unauthenticated } from '../problem.ts';
import { serialise } from '../serialisers.ts';
import * as statements from '../statements/accounts.ts';
import { hashing } from './passwords.ts';

type Schemas = components['schemas'];

export type AccountRow = Row & {
  id: string;
  email: string;
  role: Schemas['Role'];
  display_name: string;
  specialty: string | null;
  time_zone: string;
  created_at: number;
};

export const accountOf = (row: AccountRow): Schemas['Account'] => ({
  id: row.id,
  email: row.email,
  role: row.role,
  displayName: row.display_name,
  specialty: row.specialty,
  timeZone: row.time_zone as Schemas['TimeZone'],
  createdAt: writeInstant(row.created_at),
});

/** ASCII white space alone is no part of an email. */
export const trimmed = (email: string): string => email.replace(/^[\t-\r ]+|[\t-\r ]+$/g, '');

export const checkNewAccount = ({ body }: Visit): FieldError[] => {
  const { role, specialty } = (body ?? {}) as Partial<Schemas['NewAccount']>;
  return role === 'user' && specialty !== undefined ? [foreignSpecialty] : [];
};

const foreignSpecialty = fieldError('body', '/specialty', 'unknown', 'is for doctors alone');

export async function createAccount(visit: Visit): Promise<Reply> {
  const { floor, now } = visit;
  const { email, password, displayName, role, specialty, inviteCode } = visit.body as Schemas['NewAccount'];
  const errors = checkNewAccount(visit);
  if (errors.length > 0) throw invalid(errors);
  if (role === 'doctor' && inviteCode !== floor.configuration.inviteCode) {
    throw new Problem('invite-required', 'Doctors need the invite code of this installation. Ask for it.');
  }
  const shown = trimmed(email);
  const passwordHash = await hash(password, hashing);
  const [row] = await floor.database.query<AccountRow>(statements.insertAccount, [
    randomUUID(),
    shown,
    shown.toLowerCase(),
    passwordHash,
    role,
    displayName,
    displayName.toLowerCase(),
    specialty ?? null,
    specialty?.toLowerCase() ?? null,
    now,
  ]);
  if (!row) throw new Problem('email-taken', 'An account has this email address. Log in, or use another.');
  return json(201, serialise.account(accountOf(row)));
}

export async function getMe(visit: Visit): Promise<Reply> {
  const [row] = await visit.floor.database.query<AccountRow>(statements.findMe, [visit.tokenHash, visit.now]);
  if (!row) throw unauthenticated();
  visit.accountId = row.id;
  return json(200, serialise.account(accountOf(row)));
}

export const checkAccountChange = ({ body }: Visit, { role }: Caller): FieldError[] => {
  const isForeign = role === 'user' && typeof body === 'object' && body !== null && 'specialty' in body;
  return isForeign ? [foreignSpecialty] : [];
};

export async function updateMe(visit: Visit): Promise<Reply> {
  const { displayName = null, specialty = null, timeZone = null } = visit.body as Schemas['AccountChange'];
  const [row] = await visit.floor.database.query<AccountRow>(statements.updateMe, [
    visit.tokenHash,
    visit.now,
    displayName,
    displayName?.toLowerCase() ?? null,
    specialty,
    specialty?.toLowerCase() ?? null,
    timeZone,
  ]);
  if (!row) throw invalid(checkAccountChange(visit, await requireCaller(visit)));
  visit.accountId = row.id;
  return json(200, serialise.account(accountOf(row)));
}
