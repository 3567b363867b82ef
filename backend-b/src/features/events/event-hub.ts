import { BATCH, createEventFeed, type EventFeed, type ReadEvents } from './event-feed.ts';
import type { EventStream } from './event-stream.ts';

/** The streams that are open on this replica. */
export interface EventHub {
  /** Lets a stream follow its account: first what it missed, as it is at an instant, then what comes. */
  follow: (stream: EventStream, missed: { upToId: number; now: Date }) => Promise<void>;
  remove: (stream: EventStream) => void;
  /** Tells that accounts may have new events; undefined: any account may. */
  wake: (accountIds?: readonly string[]) => void;
  openCount: () => number;
  /** Ends every stream, and each that follows from now on. */
  close: () => void;
}

const COMMENT_MS = 10_000;

export function createEventHub(read: ReadEvents, onFailure: (error: unknown) => void): EventHub {
  const feeds = new Map<string, EventFeed>();
  const all = new Set<EventStream>();
  const timer = setInterval(() => all.forEach((stream) => stream.comment('still here')), COMMENT_MS).unref();
  let isClosed = false;

  const feedOf = (accountId: string): EventFeed => {
    const feed = feeds.get(accountId) ?? createEventFeed(accountId, read, onFailure);
    feeds.set(accountId, feed);
    return feed;
  };

  return {
    follow: async (stream, missed) => {
      all.add(stream);
      if (isClosed) stream.end();
      await replay(stream, missed, read);
      if (!stream.isOpen()) return;
      const feed = feedOf(stream.accountId);
      feed.streams.add(stream);
      await feed.deliver();
    },
    remove: (stream) => {
      all.delete(stream);
      const feed = feeds.get(stream.accountId);
      feed?.streams.delete(stream);
      if (feed?.streams.size === 0) feeds.delete(stream.accountId);
    },
    wake: (accountIds = [...feeds.keys()]) => {
      for (const accountId of accountIds) void feeds.get(accountId)?.deliver();
    },
    openCount: () => all.size,
    close: () => {
      isClosed = true;
      clearInterval(timer);
      for (const stream of all) stream.end();
    },
  };
}

/** Tells a stream what it missed, no faster than it reads, while the account's other streams go on. */
async function replay(
  stream: EventStream,
  { upToId, now }: { upToId: number; now: Date },
  read: ReadEvents,
): Promise<void> {
  const { accountId } = stream;
  while (stream.isOpen() && stream.lastId < upToId) {
    const events = await read({ accountId, afterId: stream.lastId, limit: BATCH, now });
    if (events.length === 0) return;
    stream.deliver(events);
    await stream.drained();
  }
}
