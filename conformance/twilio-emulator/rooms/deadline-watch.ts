import type { Rooms } from './rooms.ts';

/** The longest delay that setTimeout keeps. */
const longestMs = 2 ** 31 - 1;

/** Sweeps the rooms when their next deadline comes by the running clock. */
export class DeadlineWatch {
  readonly #rooms: Rooms;
  #timer: NodeJS.Timeout | undefined;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
    rooms.onEvent(() => this.rearm());
  }

  /** To be called whenever a clock was moved. */
  rearm(): void {
    this.stop();
    const wait = this.#rooms.untilNextDeadline();
    if (wait === null) return;
    this.#timer = setTimeout(() => this.#wake(), Math.min(wait + 1, longestMs)).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wake(): void {
    this.#rooms.sweep();
    this.rearm();
  }
}
