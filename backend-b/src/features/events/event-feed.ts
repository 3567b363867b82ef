import type { EventStream } from './event-stream.ts';
import type { StoredEvent } from './events.rules.ts';

/** Reads an account's next events; a batch of fewer than asked for is the end of them. */
export type ReadEvents = (query: {
  accountId: string;
  afterId: number;
  limit: number;
  now?: Date;
}) => Promise<StoredEvent[]>;

/** The open streams of one account. */
export interface EventFeed {
  streams: Set<EventStream>;
  /** Tells the streams whatever they were not told yet. */
  deliver: () => Promise<void>;
}

// The largest events of a batch are less than what a stream may buffer: one that keeps reading is not dropped for it.
export const BATCH = 25;
const RETRY_MS = 500;

/**
 * Delivers by reading again from the last id that was told, whatever woke it: so nothing is lost, doubled or out of
 * order. Many wake-ups at once are one reading.
 * @rule events/prompt
 */
export function createEventFeed(accountId: string, read: ReadEvents, onFailure: (error: unknown) => void): EventFeed {
  const streams = new Set<EventStream>();
  let isReading = false;
  let isStale = false;

  const deliver = async (): Promise<void> => {
    isStale = true;
    if (isReading) return;
    isReading = true;
    try {
      while (isStale && streams.size > 0) {
        isStale = false;
        const afterId = Math.min(...[...streams].map((stream) => stream.lastId));
        const events = await read({ accountId, afterId, limit: BATCH });
        for (const stream of streams) stream.deliver(events);
        if (events.length === BATCH) isStale = true;
      }
    } catch (error) {
      onFailure(error);
      setTimeout(() => void deliver(), RETRY_MS).unref();
    } finally {
      isReading = false;
    }
  };

  return { streams, deliver };
}
