/** The emulator's time: a base that runs by itself, and what was added to it by hand. Instants are epoch milliseconds. */
export class Clock {
  readonly #base: () => number;
  #addedMs = 0;

  constructor(base: () => number) {
    this.#base = base;
  }

  now(): number {
    return this.#base() + this.#addedMs;
  }

  set(instant: number): void {
    this.#addedMs = instant - this.#base();
  }

  advance(ms: number): void {
    this.#addedMs += ms;
  }

  reset(): void {
    this.#addedMs = 0;
  }
}
