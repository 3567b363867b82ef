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
      while (isStale) {
        isStale = false;
        const open = [...streams].filter((stream) => stream.isOpen());
        if (open.length === 0) return;
        const events = await read({ accountId, afterId: Math.min(...open.map(({ lastId }) => lastId)), limit: BATCH });
        // Not those that came while this was read: they may begin earlier, and are read for next.
        for (const stream of open) stream.deliver(events);
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
