import { hash, randomBytes, randomUUID } from 'node:crypto';
import type { components } from '@duet/contract/types';
import type { Statement } from '../database.ts';
import { json, noContent, type Reply } from '../http/reply.ts';
import { hashOf, type Visit } from '../http/visit.ts';
import { writeInstant } from '../instants.ts';
import { Problem, unauthenticated } from '../problem.ts';
import { serialise } from '../serialisers.ts';
import * as statements from '../statements/sessions.ts';
import { accountOf, type AccountRow, trimmed } from './accounts.ts';
import { isPassword } from './passwords.ts';

type LoginRow = AccountRow & { password_hash: string | null; tenth: number | null };

const sessionMs = 12 * 60 * 60_000;
const windowMs = 15 * 60_000;

export async function login(visit: Visit): Promise<Reply> {
  const { database } = visit.floor;
  const { email, password } = visit.body as components['schemas']['Credentials'];
  const key = trimmed(email).toLowerCase();
  const emailHash = hash('sha256', Buffer.from(key, 'utf16le'), 'buffer');
  const isText = key.isWellFormed() && !key.includes('\0');
  const [found] = await database.query<LoginRow>(statements.findLogin, [isText ? key : '', emailHash, visit.now]);
  if (typeof found?.tenth === 'number') throw tooMany(found.tenth, visit.now);
  if (found && (await isPassword(found.password_hash, password))) return open(visit, found);
  const [{ tenth } = { tenth: null }] = await database.query<{ tenth: number | null }>(statements.recordFailure, [
    emailHash,
    visit.now,
  ]);
  if (tenth !== null) throw tooMany(tenth, visit.now);
  throw new Problem('invalid-credentials', 'Email or password is wrong. Check both.');
}

async function open(visit: Visit, row: LoginRow): Promise<Reply> {
  const id = randomUUID();
  const token = randomBytes(32).toString('base64url');
  const expiresAt = visit.now + sessionMs;
  await visit.floor.database.query(statements.insertSession, [hashOf(token), id, row.id, expiresAt]);
  visit.accountId = row.id;
  return json(201, serialise.newSession({ id, token, expiresAt: writeInstant(expiresAt), account: accountOf(row) }));
}

function tooMany(tenth: number, now: number): Problem {
  const seconds = Math.max(1, Math.ceil((tenth + windowMs - now) / 1000));
  return new Problem('too-many-attempts', 'There were too many failed attempts. Try again after Retry-After.', {
    headers: ['Retry-After', String(seconds)],
  });
}

async function revoke(visit: Visit, statement: Statement): Promise<Reply> {
  const { tokenHash, now, floor } = visit;
  const values = [tokenHash, now, writeInstant(now)];
  const [row] = await floor.database.query<{ accountId: string | null }>(statement, values);
  if (!row?.accountId) throw unauthenticated();
  visit.accountId = row.accountId;
  return noContent();
}

export const logout = (visit: Visit): Promise<Reply> => revoke(visit, statements.revokeSession);

export const logoutEverywhere = (visit: Visit): Promise<Reply> => revoke(visit, statements.revokeAllSessions);
