import type { Schemas } from '../../http/contract.ts';

type ContractEvent = Schemas['Event'];

/** Every type that is stored; stream.reset belongs to one stream alone. */
export type EventType = Exclude<ContractEvent['event'], 'stream.reset'>;
type DataOf<T extends EventType> = Extract<ContractEvent, { event: T }>['data'];
/** A signal's data is kept apart, so that it can be forgotten. */
type StoredDataOf<T extends EventType> = T extends 'call.signal' ? Omit<DataOf<T>, 'data'> : DataOf<T>;

/** An event that a transaction is about to store. */
export interface NewEvent {
  type: EventType;
  /** The accounts that are told. */
  audience: readonly string[];
  data: { at: string };
  signalId?: string;
}

export interface StoredEvent {
  id: number;
  type: string;
  /** JSON text, complete. */
  data: string;
}

export const KEPT_MS = 24 * 3_600_000;

/** @rule events/audience */
export function newEvent<T extends EventType>(
  type: T,
  audience: readonly string[],
  data: StoredDataOf<T> & { at: string },
): NewEvent {
  return { type, audience, data };
}

/** What is known of an account's events when a stream opens. */
export interface Opening {
  newestId: number;
  /** The id that Last-Event-ID names, if that event is kept; 0 if event 1 is. */
  keptId: number | undefined;
}

/** The number that Last-Event-ID names; undefined for any other text. */
export function toEventId(lastEventId: string): number | undefined {
  return /^(0|[1-9]\d{0,14})$/.test(lastEventId) ? Number(lastEventId) : undefined;
}

/** Events stored at or before this instant are forgotten. */
export function eventsKeptSince(now: Date): Date {
  return new Date(now.getTime() - KEPT_MS);
}

/**
 * After which event a stream begins, and whether it has to say that what came before is lost.
 * @param lastEventId the header as it was sent; undefined when absent
 * @rule events/gapless
 */
export function beginningOf(
  lastEventId: string | undefined,
  { newestId, keptId }: Opening,
): { afterId: number; isReset: boolean } {
  if (lastEventId === undefined) return { afterId: newestId, isReset: false };
  const named = toEventId(lastEventId);
  if (named === newestId) return { afterId: newestId, isReset: false };
  if (named !== undefined && named < newestId && named === keptId) return { afterId: named, isReset: false };
  return { afterId: newestId, isReset: true };
}

/** Whether an event says that this session is revoked. */
export function isRevocationOf(sessionId: string, { type, data }: StoredEvent): boolean {
  if (type !== 'session.revoked') return false;
  const { sessionIds } = JSON.parse(data) as Schemas['SessionRevokedData'];
  return sessionIds.includes(sessionId);
}
