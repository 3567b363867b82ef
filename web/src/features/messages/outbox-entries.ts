import type { ProblemCode } from '@duet/contract/problems';

/** `queued` is still to be sent, `delivered` waits for its place in the order, `refused` needs its writer. */
export type OutboxState = 'queued' | 'delivered' | 'refused';
export type OutboxEntry = {
  clientId: string;
  appointmentId: string;
  body: string;
  writtenAt: number;
  state: OutboxState;
  code: ProblemCode | null;
};

export type SendOutcome = { kind: 'delivered' } | { kind: 'refused'; code: ProblemCode } | { kind: 'again' };

const waits = [1000, 2000, 5000, 10_000, 30_000];

export function retryWait(failures: number): number {
  return waits[Math.min(failures, waits.length) - 1] ?? 0;
}

/** The oldest unsent message: a later one never overtakes it. */
export function nextToSend(entries: OutboxEntry[]): OutboxEntry | null {
  return entries.find((entry) => entry.state === 'queued') ?? null;
}

export function afterSending(entries: OutboxEntry[], clientId: string, outcome: SendOutcome): OutboxEntry[] {
  return entries.map((entry) => {
    if (entry.clientId !== clientId || outcome.kind === 'again') return entry;
    if (outcome.kind === 'delivered') return { ...entry, state: 'delivered', code: null };
    return { ...entry, state: 'refused', code: outcome.code };
  });
}

/** What came back in the order of the backend is no longer waiting here. */
export function withoutArrived(entries: OutboxEntry[], arrived: { clientId: string }[]): OutboxEntry[] {
  const ids = new Set(arrived.map((message) => message.clientId));
  return entries.some((entry) => ids.has(entry.clientId))
    ? entries.filter((entry) => !ids.has(entry.clientId))
    : entries;
}

export function without(entries: OutboxEntry[], clientId: string): OutboxEntry[] {
  return entries.filter((entry) => entry.clientId !== clientId);
}

/** A refused message may be tried once more, under the same clientId. */
export function requeued(entries: OutboxEntry[], clientId: string): OutboxEntry[] {
  return entries.map((entry) => (entry.clientId === clientId ? { ...entry, state: 'queued', code: null } : entry));
}

function isEntry(value: unknown): value is OutboxEntry {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Record<string, unknown>;
  const texts = [entry['clientId'], entry['appointmentId'], entry['body'], entry['state']];
  return texts.every((text) => typeof text === 'string') && typeof entry['writtenAt'] === 'number';
}

/** What another version of this client or a person left in the storage is passed over, not trusted. */
export function entriesIn(kept: unknown): OutboxEntry[] {
  return Array.isArray(kept) ? kept.filter(isEntry) : [];
}
