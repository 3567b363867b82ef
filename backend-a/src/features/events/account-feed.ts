import { unheard } from '../../db/query-trace.ts';
import type { ToldEvent } from './event.ts';
import type { EventStream } from './event-stream.ts';

const batch = 100;
const paceCharacters = 131_072;
const paceMilliseconds = 50;
const retryMilliseconds = 500;

export type ReadEvents = (accountId: string, afterId: number, count: number) => Promise<ToldEvent[]>;

/**
 * The open streams of one account on this replica: events are read once for all of them, and waking it many times at once
 * reads once.
 */
export class AccountFeed {
  readonly #accountId: string;
  readonly #read: ReadEvents;
  readonly #onFailure: (error: unknown) => void;
  /** Those that are being told what they have missed. */
  readonly #newcomers = new Set<EventStream>();
  readonly #streams = new Set<EventStream>();
  #isRunning = false;
  #isStale = false;

  constructor(accountId: string, read: ReadEvents, onFailure: (error: unknown) => void) {
    this.#accountId = accountId;
    this.#read = read;
    this.#onFailure = onFailure;
  }

  get isEmpty(): boolean {
    return this.#streams.size + this.#newcomers.size === 0;
  }

  /** Tells a stream what it has missed, at its reader's pace, then lets it take part. */
  async add(stream: EventStream): Promise<void> {
    this.#newcomers.add(stream);
    while (await this.#hasMore(stream));
    this.#newcomers.delete(stream);
    if (!stream.isOpen) return;
    stream.goLive();
    this.#streams.add(stream);
    this.wake();
  }

  remove(stream: EventStream): void {
    this.#streams.delete(stream);
    this.#newcomers.delete(stream);
  }

  /** There may be something new to tell. */
  wake(): void {
    this.#isStale = true;
    // Not part of the request that happens to wake it.
    if (!this.#isRunning) unheard(() => void this.#run());
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    try {
      while (this.#isStale && this.#streams.size > 0) {
        this.#isStale = false;
        this.#isStale = (await this.#passOn()) || this.#isStale;
      }
    } catch (error) {
      // Nothing is lost meanwhile.
      this.#onFailure(error);
      setTimeout(() => this.wake(), retryMilliseconds).unref();
    } finally {
      this.#isRunning = false;
    }
  }

  async #hasMore(stream: EventStream): Promise<boolean> {
    const events = await this.#read(this.#accountId, stream.lastId, batch);
    for (const event of events) {
      stream.tell(event);
      if (!(await stream.hasDrained())) stream.drop();
    }
    return events.length === batch && stream.isOpen;
  }

  /** Tells one batch. @returns whether there may be more */
  async #passOn(): Promise<boolean> {
    const afterId = Math.min(...[...this.#streams].map(({ lastId }) => lastId));
    const events = await this.#read(this.#accountId, afterId, batch);
    let characters = 0;
    for (const event of events) {
      for (const stream of this.#streams) {
        // A stream that came in while the batch was read may be further behind: the next batch is for it.
        if (event.id === stream.lastId + 1) stream.tell(event);
      }
      characters += event.data.length + (event.signal?.data?.length ?? 0);
      if (characters > paceCharacters) {
        characters = 0;
        await Promise.all([...this.#streams].map((stream) => stream.hasDrained(paceMilliseconds)));
      }
    }
    return events.length === batch;
  }
}
