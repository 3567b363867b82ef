import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '../actors.ts';
import { NoAnswer } from '../driver/connection.ts';
import { type EventStream, openEvents, type StreamEvent } from '../driver/event-stream.ts';
import { wordsOf } from '../stack/errors.ts';
import type { Tally } from './tally.ts';

const LOOK_MS = 20;
/** How long a client waits after a refusal before it asks for its stream again. */
const AGAIN_MS = 250;
/** So many are opened at once at the beginning, so that the opening itself is no burst. */
const AT_ONCE = 20;

/** One client's event stream across everything that ends it. */
class Followed {
  readonly person: Person;
  readonly #past: StreamEvent[] = [];
  stream: EventStream | undefined;

  constructor(person: Person) {
    this.person = person;
  }

  get events(): StreamEvent[] {
    return this.#past.concat(this.stream?.events ?? []);
  }

  get lastEventId(): string {
    return this.stream?.lastEventId ?? this.#past.at(-1)?.id ?? '0';
  }

  /** Keeps what came on the stream that has ended. */
  settle(): void {
    this.#past.push(...(this.stream?.events ?? []));
    this.stream = undefined;
  }
}

/** Many event streams over some accounts, resumed by Last-Event-ID as soon as one ends. */
export class Streams {
  readonly followed: readonly Followed[];
  readonly #tally: () => Tally;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  /** @param tally where the requests and gaps of the moment are counted */
  constructor(people: readonly Person[], count: number, tally: () => Tally) {
    this.followed = Array.from({ length: count }, (_, index) => new Followed(people[index % people.length] as Person));
    this.#tally = tally;
  }

  /** Opens them all, and keeps them open from then on. */
  async open(): Promise<void> {
    for (let first = 0; first < this.followed.length; first += AT_ONCE)
      await Promise.all(this.followed.slice(first, first + AT_ONCE).map((one) => this.#open(one)));
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  close(): void {
    this.#isOver = true;
    clearInterval(this.#timer);
    for (const { stream } of this.followed) stream?.close();
  }

  /** Whether all are open and those of one account have come equally far. */
  get areLevel(): boolean {
    const furthest = Map.groupBy(this.followed, ({ person }) => person);
    return [...furthest.values()].every(
      ([first, ...rest]) => first?.stream && rest.every((one) => one.stream && one.lastEventId === first.lastEventId),
    );
  }

  get eventCount(): number {
    return this.followed.reduce((sum, one) => sum + one.events.length, 0);
  }

  #look(): void {
    for (const one of this.followed) {
      const endedAt = one.stream?.endedAt;
      if (endedAt === undefined) continue;
      one.settle();
      void this.#resume(one, endedAt);
    }
  }

  async #resume(one: Followed, endedAt: number): Promise<void> {
    await this.#open(one);
    if (one.stream) this.#tally().resume(one.stream.openedAt - endedAt);
  }

  async #open(one: Followed): Promise<void> {
    while (!this.#isOver) {
      const tally = this.#tally();
      const sentAt = performance.now();
      tally.sending(sentAt);
      try {
        one.stream = await openEvents(one.person, { lastEventId: one.lastEventId });
        tally.succeeded(sentAt);
        if (this.#isOver) one.stream.close();
        return;
      } catch (error) {
        const answer = wordsOf(error instanceof NoAnswer ? `no answer: ${wordsOf(error.cause)}` : error);
        tally.failed({ method: 'GET', path: '/v1/events', sentAt, answer, isRefusal: /answered 503\b/.test(answer) });
        await pause(AGAIN_MS);
      }
    }
  }
}
