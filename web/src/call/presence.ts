import { useIntervalFn } from '@vueuse/core';
import type { CallSessionOptions } from './call-session.ts';

/** A lapse that time alone makes has no event, nor does an event that a reset of the stream swallowed: so ask, now and then. */
const askEveryMs = 15_000;

/** Whether the other person is in the call, by the backend's word and by what comes from them. */
export class Presence {
  #isThere: boolean | null = null;
  readonly #options: CallSessionOptions;
  readonly #onChange: (there: boolean) => void;
  readonly #asking;
  /** Counts what was heard, so that an answer older than an event does not undo it. */
  #heard = 0;

  constructor(options: CallSessionOptions, onChange: (there: boolean) => void) {
    this.#options = options;
    this.#onChange = onChange;
    this.#asking = useIntervalFn(() => void this.#ask(), askEveryMs, { immediate: false });
  }

  get isThere(): boolean | null {
    return this.#isThere;
  }

  begin(): void {
    this.#asking.resume();
    void this.#ask();
  }

  stop(): void {
    this.#heard += 1;
    this.#asking.pause();
    this.#isThere = null;
  }

  set(there: boolean): void {
    this.#heard += 1;
    if (this.#isThere === there) return;
    this.#isThere = there;
    this.#onChange(there);
  }

  async #ask(): Promise<void> {
    const heard = this.#heard;
    try {
      const there = await this.#options.isOtherConnected();
      if (heard === this.#heard) this.set(there);
    } catch {
      // No answer changes nothing; the next one is asked for in a moment, and events come by themselves.
    }
  }
}
