import type { DuetEvent } from './schema.ts';

const kept = 500;

/** The events of one account as one tab has seen them: it notices doubles and gaps, since ids rise by exactly 1. */
export class StreamMemory {
  #lastId: string | null = null;
  readonly #recent: DuetEvent[] = [];

  get lastId(): string | null {
    return this.#lastId;
  }

  /** What a new event is to this tab. */
  classify(event: DuetEvent): 'next' | 'known' | 'gap' {
    if (this.#lastId === null) return 'next';
    const step = BigInt(event.id) - BigInt(this.#lastId);
    if (step <= 0n) return 'known';
    return step === 1n ? 'next' : 'gap';
  }

  keep(event: DuetEvent): void {
    this.#lastId = event.id;
    this.#recent.push(event);
    if (this.#recent.length > kept) this.#recent.shift();
  }

  /** After a reset: what came before says nothing any more. */
  startAfter(id: string | null): void {
    this.#lastId = id;
    this.#recent.length = 0;
  }

  /** The events behind an id; null when they are not all kept here. */
  after(id: string): DuetEvent[] | null {
    if (id === this.#lastId) return [];
    const events = this.#recent.filter((event) => BigInt(event.id) > BigInt(id));
    return events[0] && BigInt(events[0].id) === BigInt(id) + 1n ? events : null;
  }
}
