/** What to try at which distance until a connection stands. */
export const delays = {
  /** At the beginning, after a first try that is made at once: it needs time to succeed. */
  first: [4000, 6000, 10_000],
  /** The other side came, and speaks first. */
  expected: [1500, 4000, 6000, 10_000],
  /** A new attempt was just made. */
  underWay: [4000, 4000, 6000, 10_000],
  /** A connection broke. */
  broken: [0, 2000, 5000, 10_000],
  /** The browser says that it has lost its way for a moment; most of the time it finds it again. */
  shaken: [2000, 2000, 5000, 10_000],
};

const beforeGivingUpMs = 10_000;

/** Tries to connect, with growing pauses, until it is stopped; then gives up on this grant. */
export class Pursuit {
  readonly #nudge: () => void;
  readonly #giveUp: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(nudge: () => void, giveUp: () => void) {
    this.#nudge = nudge;
    this.#giveUp = giveUp;
  }

  get isRunning(): boolean {
    return this.#timer !== undefined;
  }

  /** Begins anew, whatever was under way. */
  start(plan: readonly number[]): void {
    this.stop();
    const [wait, ...rest] = plan;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (wait === undefined) return this.#giveUp();
      this.start(rest);
      this.#nudge();
    }, wait ?? beforeGivingUpMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
