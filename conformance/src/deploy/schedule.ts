/**
 * When requests are due, at a steady rate and whatever became of those before: what a slow answer makes others wait for
 * is then seen in their latency, which counts from here.
 */
export class Schedule {
  readonly #startMs: number;
  readonly #intervalMs: number;
  #taken = 0;

  /** @param startMs when the first one is due, on the caller's clock */
  constructor(startMs: number, perSecond: number) {
    this.#startMs = startMs;
    this.#intervalMs = 1000 / perSecond;
  }

  /** The instants that have come by `nowMs` and were not taken before, oldest first. */
  take(nowMs: number): number[] {
    const due: number[] = [];
    for (let next = this.#next; next <= nowMs; next = this.#next) {
      due.push(next);
      this.#taken += 1;
    }
    return due;
  }

  get #next(): number {
    return this.#startMs + this.#taken * this.#intervalMs;
  }
}
