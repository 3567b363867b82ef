import { useBackends } from '../../api/backends.ts';
import { useSession } from '../../api/session.ts';
import { readStored, writeStored } from '../../api/stored.ts';

const prefix = 'duet.messages';
const kinds = ['outbox', 'drafts', 'marks'] as const;

export type StoredKind = (typeof kinds)[number];

function keyOf(kind: StoredKind, owner: string): string {
  return `${prefix}.${kind}.${owner}`;
}

/** The backend and the account that what is typed here belongs to; null when nobody is logged in. */
export function ownerKey(): string | null {
  const { account } = useSession();
  return account ? `${useBackends().current.id}.${account.id}` : null;
}

export function readKept(kind: StoredKind, owner: string | null): unknown {
  return owner ? readStored<unknown>(localStorage, keyOf(kind, owner)) : undefined;
}

export function keep(kind: StoredKind, owner: string | null, value: unknown): void {
  if (owner) writeStored(localStorage, keyOf(kind, owner), value);
}

/** Whoever logs out leaves nothing of a consultation behind; who was logged out from elsewhere finds all again. */
export function forget(owner: string): void {
  for (const kind of kinds) keep(kind, owner, undefined);
}

export function isKeptAt(key: string | null, kind: StoredKind, owner: string | null): boolean {
  return owner !== null && key === keyOf(kind, owner);
}

/** Texts by appointment, as drafts and marks are kept. */
export function readTexts(kind: StoredKind, owner: string | null): Record<string, string> {
  const value = readKept(kind, owner);
  if (typeof value !== 'object' || value === null) return {};
  const texts = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts);
}

export function keepText(kind: StoredKind, owner: string | null, appointmentId: string, text: string): void {
  const { [appointmentId]: _, ...others } = readTexts(kind, owner);
  const texts = text === '' ? others : { ...others, [appointmentId]: text };
  keep(kind, owner, Object.keys(texts).length ? texts : undefined);
}
