import { createHash } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import type { Account } from './contract.ts';
import type { PasswordHash } from './passwords.ts';

export type Person = { account: Account; password: PasswordHash };
export type Session = { id: string; person: Person; expiresAt: number };

/** All that this server knows. It ends with the process: a real one has a database here. */
export type World = {
  /** By the account's id. */
  people: Map<string, Person>;
  /** By the email as it is compared. */
  emails: Map<string, Person>;
  /** By the SHA-256 of their tokens: whoever reads this can log in as nobody. */
  sessions: Map<string, Session>;
  /** Instants, by the email as it is compared, of a person or of nobody. */
  failedLogins: Map<string, number[]>;
};

export type Env = { Bindings: HttpBindings; Variables: { requestId: string } };

export function emptyWorld(): World {
  return { people: new Map(), emails: new Map(), sessions: new Map(), failedLogins: new Map() };
}

/** Only ASCII white space goes; U+FEFF and the like are part of the address. */
export function trimmed(email: string): string {
  return email.replaceAll(/^[\t-\r ]+|[\t-\r ]+$/g, '');
}

/** An email as it is compared: two of these are the same address. */
export function comparable(email: string): string {
  return trimmed(email).toLowerCase();
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
