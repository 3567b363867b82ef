import { readStored, writeStored } from './stored.ts';
import type { Account, NewSession } from './schema.ts';

/** A login as it is kept in the browser, shared by its tabs. */
export type SessionRecord = { id: string; token: string; expiresAt: string; account: Account };

export const sessionKey = (backendId: string): string => `duet.session.${backendId}`;

export function readSession(backendId: string): SessionRecord | null {
  return readStored<SessionRecord>(localStorage, sessionKey(backendId)) ?? null;
}

export function writeSession(backendId: string, record: NewSession | SessionRecord | null): void {
  writeStored(localStorage, sessionKey(backendId), record ?? undefined);
}
