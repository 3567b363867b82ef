import { AccountFeed, type ReadEvents } from './account-feed.ts';
import type { EventStream } from './event-stream.ts';

const commentMilliseconds = 10_000;

/**
 * All open streams of this replica. Whoever hears that an account has something new wakes it; what there is to tell is always
 * read from the database.
 *
 * @rule events/prompt
 */
export class EventHub {
  readonly #read: ReadEvents;
  readonly #onFailure: (error: unknown) => void;
  readonly #feeds = new Map<string, AccountFeed>();
  readonly #streams = new Set<EventStream>();
  readonly #comments: NodeJS.Timeout;
  #isEnded = false;

  /** `onFailure` is told of every read that failed; it is tried again. */
  constructor(read: ReadEvents, onFailure: (error: unknown) => void) {
    this.#read = read;
    this.#onFailure = onFailure;
    this.#comments = setInterval(() => this.#comment(), commentMilliseconds).unref();
  }

  get openStreams(): number {
    return this.#streams.size;
  }

  /** Tells a stream everything after its last id, and goes on until it closes. */
  async follow(accountId: string, stream: EventStream): Promise<void> {
    if (this.#isEnded) return stream.end();
    this.#streams.add(stream);
    const feed = this.#feeds.get(accountId) ?? new AccountFeed(accountId, this.#read, this.#onFailure);
    this.#feeds.set(accountId, feed);
    stream.onClose(() => {
      this.#streams.delete(stream);
      feed.remove(stream);
      if (feed.isEmpty && this.#feeds.get(accountId) === feed) this.#feeds.delete(accountId);
    });
    await feed.add(stream);
  }

  wake(accountIds: readonly string[]): void {
    for (const accountId of accountIds) this.#feeds.get(accountId)?.wake();
  }

  /** Anything may have been missed. */
  wakeAll(): void {
    for (const feed of this.#feeds.values()) feed.wake();
  }

  /** @rule operations/drain */
  end(): void {
    this.#isEnded = true;
    clearInterval(this.#comments);
    for (const stream of this.#streams) stream.end();
  }

  #comment(): void {
    for (const stream of this.#streams) stream.comment('still here');
  }
}
