const keptMilliseconds = 24 * 3_600_000;

/** What a stream has to know when it opens. */
export interface StreamState {
  /** 0 before the first event. */
  readonly newestId: number;
  /** When the event that decides about resuming was told; undefined when there is no such event any more. */
  readonly toldAt: Date | undefined;
  /** When the stream's session expires; undefined when it is revoked by now. */
  readonly sessionEndsAt: Date | undefined;
}

/** Where a stream begins: after which event, and whether it must say that something is missing before. */
export interface Start {
  readonly afterId: number;
  readonly isReset: boolean;
}

/** The number in a Last-Event-ID; NaN when it is none that was ever told. */
export function numberOf(lastEventId: string): number {
  return /^(0|[1-9]\d{0,14})$/.test(lastEventId) ? Number(lastEventId) : NaN;
}

/** The event that must be kept for a stream to resume; 0 stands before the first one. */
export function decidingEventOf(lastEventId: string | undefined): number {
  return Math.max(1, numberOf(lastEventId ?? '') || 0);
}

/**
 * Where a stream with this Last-Event-ID begins.
 *
 * @rule events/gapless
 */
export function startOf(lastEventId: string | undefined, { newestId, toldAt }: StreamState, now: Date): Start {
  if (lastEventId === undefined) return { afterId: newestId, isReset: false };
  const id = numberOf(lastEventId);
  if (id === newestId) return { afterId: newestId, isReset: false };
  const isKept = toldAt !== undefined && now.getTime() - toldAt.getTime() < keptMilliseconds;
  if (id < newestId && isKept) return { afterId: id, isReset: false };
  return { afterId: newestId, isReset: true };
}

/** Whether an event says that this session was logged out. */
export function revokes(event: { type: string; data: string }, sessionId: string): boolean {
  return event.type === 'session.revoked' && event.data.includes(`"${sessionId}"`);
}
