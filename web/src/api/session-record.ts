import { readStored, writeStored } from './stored.ts';
import type { Account, NewSession } from './schema.ts';

/** A login as it is kept in the browser, shared by its tabs. */
export type SessionRecord = { id: string; token: string; expiresAt: string; account: Account };

const prefix = 'duet.session.';

export const sessionKey = (backendId: string): string => prefix + backendId;

/** Whether this browser keeps a login at any backend, said before it is known which ones there are. */
export function hasSession(): boolean {
  const keys = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index));
  return keys.some((key) => key?.startsWith(prefix));
}

export function readSession(backendId: string): SessionRecord | null {
  return readStored<SessionRecord>(localStorage, sessionKey(backendId)) ?? null;
}

export function writeSession(backendId: string, record: NewSession | SessionRecord | null): void {
  writeStored(localStorage, sessionKey(backendId), record ?? undefined);
}
