import { describe, expect, it } from 'vitest';
import { BATCH, createEventFeed } from './event-feed.ts';
import type { EventStream } from './event-stream.ts';
import type { StoredEvent } from './events.rules.ts';

function streamAt(lastId: number): EventStream & { told: number[] } {
  const told: number[] = [];
  const stream = {
    accountId: 'a',
    sessionId: 's',
    lastId,
    told,
    isOpen: () => true,
    deliver: (events: readonly StoredEvent[]) => {
      for (const { id } of events.filter((event) => event.id > stream.lastId)) {
        told.push(id);
        stream.lastId = id;
      }
    },
    comment: () => undefined,
    reset: () => undefined,
    drained: async () => undefined,
    end: () => undefined,
  };
  return stream;
}

describe('a feed', () => {
  let newestId = 0;
  let reads = 0;
  const read = async ({ afterId, limit }: { afterId: number; limit: number }): Promise<StoredEvent[]> => {
    reads += 1;
    const ids = Array.from({ length: Math.max(0, newestId - afterId) }, (_, index) => afterId + 1 + index);
    return ids.slice(0, limit).map((id) => ({ id, type: 'message.typing', data: '{}' }));
  };

  it('tells each stream what it was not told yet, once and in order', async () => {
    const feed = createEventFeed('a', read, () => undefined);
    const [behind, ahead] = [streamAt(0), streamAt(20)];
    feed.streams.add(behind).add(ahead);
    newestId = 2 * BATCH;
    await feed.deliver();
    expect(behind.told).toEqual(Array.from({ length: 2 * BATCH }, (_, index) => index + 1));
    expect(ahead.told).toEqual(behind.told.slice(20));
  });

  it('leaves no gap for a stream that comes while it reads', async () => {
    let finish = (): void => undefined;
    const paused: typeof read = async (query) => {
      const events = await read(query);
      await new Promise<void>((resolve) => {
        finish = resolve;
        if (query.afterId < newestId - 1) resolve();
      });
      return events;
    };
    const feed = createEventFeed('a', paused, () => undefined);
    const [early, late] = [streamAt(newestId - 1), streamAt(newestId - 4)];
    feed.streams.add(early);
    const delivering = feed.deliver();
    await new Promise((resolve) => setImmediate(resolve));
    feed.streams.add(late);
    void feed.deliver();
    finish();
    await new Promise((resolve) => setImmediate(resolve));
    finish();
    await delivering;
    expect(early.told).toEqual([newestId]);
    expect(late.told).toEqual([newestId - 3, newestId - 2, newestId - 1, newestId]);
  });

  it('makes many wake-ups one reading', async () => {
    const feed = createEventFeed('a', read, () => undefined);
    feed.streams.add(streamAt(newestId));
    reads = 0;
    await Promise.all(Array.from({ length: 50 }, () => feed.deliver()));
    expect(reads).toBe(1 + 1);
  });

  it('says that it failed and tries again', async () => {
    const failures: unknown[] = [];
    let isAway = true;
    const flaky: typeof read = (query) => (isAway ? Promise.reject(new Error('away')) : read(query));
    const feed = createEventFeed('a', flaky, (error) => failures.push(error));
    const stream = streamAt(newestId - 1);
    feed.streams.add(stream);
    await feed.deliver();
    expect(failures).toHaveLength(1);
    isAway = false;
    await expect.poll(() => stream.told, { timeout: 3_000 }).toEqual([newestId]);
  });
});
