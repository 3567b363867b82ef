import { performance } from 'node:perf_hooks';
import { perform } from './perform.ts';
import type { LoadRequest } from './requests.ts';
import { Schedule } from './schedule.ts';
import type { Tally } from './tally.ts';

const LOOK_MS = 4;

/** A steady stream of requests, an open loop: each is sent when it is due, whether or not those before it were answered. */
export class Load {
  readonly #next: () => LoadRequest;
  readonly #tally: Tally;
  readonly #schedule: Schedule;
  readonly #underWay = new Set<Promise<void>>();
  readonly #timer: NodeJS.Timeout;

  constructor(next: () => LoadRequest, perSecond: number, tally: Tally) {
    this.#next = next;
    this.#tally = tally;
    this.#schedule = new Schedule(performance.now(), perSecond);
    this.#timer = setInterval(() => this.#send(), LOOK_MS);
  }

  /** Sends nothing more and waits for the answers that are under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#underWay);
  }

  #send(): void {
    for (const dueAt of this.#schedule.take(performance.now())) {
      const sending = perform(this.#next(), dueAt, this.#tally);
      this.#underWay.add(sending);
      void sending.finally(() => this.#underWay.delete(sending));
    }
  }
}
