import type { Person } from '../actors.ts';
import { type EventStream, openEvents, type StreamEvent } from '../driver/event-stream.ts';
import { nextLook } from '../look.ts';

/** Somebody's event stream across crashes: it ends again and again, and is resumed by Last-Event-ID each time. */
export class Follower {
  readonly person: Person;
  readonly events: StreamEvent[] = [];
  resumes = 0;
  #stream: EventStream | undefined;
  #isOver = false;
  #replica: number;
  readonly #running: Promise<void>;

  constructor(person: Person, replica: number) {
    this.person = person;
    this.#replica = replica;
    this.#running = this.#follow();
  }

  /** Stops following. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#running;
    this.#stream?.close();
  }

  async #follow(): Promise<void> {
    while (!this.#isOver) {
      const stream = await this.#open();
      if (stream) await this.#gather(stream);
      else await nextLook();
    }
  }

  /** Takes what comes until the stream has ended. */
  async #gather(stream: EventStream): Promise<void> {
    for (let seen = 0; !this.#isOver;) {
      // The end is looked at first: what came before it is gathered all the same.
      const hasEnded = stream.endedAt !== undefined;
      const fresh = stream.events.slice(seen);
      seen += fresh.length;
      this.events.push(...fresh);
      if (hasEnded) return;
      await nextLook();
    }
  }

  /** On the next replica each time; undefined while none answers there. */
  async #open(): Promise<EventStream | undefined> {
    this.#replica += 1;
    try {
      const lastEventId = this.events.at(-1)?.id ?? '0';
      this.#stream = await openEvents(this.person, { lastEventId, replica: this.#replica });
      this.resumes += 1;
      return this.#stream;
    } catch {
      return undefined;
    }
  }
}
