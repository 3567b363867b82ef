import type { SignalRequest } from '../call-session.ts';
import { problemCodeOf, retryAfterOf } from '../problem-code.ts';
import type { PeerSignal } from './signal-data.ts';

const backOffMs = [250, 500, 1000, 2000, 4000];
/** Refusals after which the same request can yet succeed. */
const passing = new Set(['offline', 'internal-error', 'service-unavailable', 'unauthenticated']);

type Entry = PeerSignal & { clientId: string };
export type OutboxOptions = {
  connectionId: string;
  epoch: () => number;
  post: (signal: SignalRequest) => Promise<void>;
  onRefused: (code: string, signal: PeerSignal) => void;
};

/**
 * Sends signals one at a time, in order, each until it is taken: a repeat has the same clientId and is harmless. What
 * was overtaken while it waited is left out, and candidates that wait go together.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  #waiting: Entry[] = [];
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isSending = false;
  #isStopped = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  send(signal: PeerSignal): void {
    if (this.#isStopped) return;
    this.#waiting = withNewest(this.#waiting, signal);
    void this.#work();
  }

  /** Tries at once what waits for its next try: the network is back. */
  hurry(): void {
    if (this.#timer === undefined) return;
    this.#failures = 0;
    this.#endPause();
    void this.#work();
  }

  stop(): void {
    this.#isStopped = true;
    this.#waiting = [];
    this.#endPause();
  }

  #endPause(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #work(): Promise<void> {
    if (this.#isSending || this.#timer !== undefined) return;
    this.#isSending = true;
    for (let entry = this.#waiting.shift(); entry && !this.#isStopped; entry = this.#waiting.shift())
      if (!(await this.#post(entry))) break;
    this.#isSending = false;
  }

  /** False: the entry goes back to wait for its next try. */
  async #post(entry: Entry): Promise<boolean> {
    const { connectionId, epoch, post, onRefused } = this.#options;
    try {
      await post({ ...entry, connectionId, epoch: epoch() });
      this.#failures = 0;
      return true;
    } catch (error) {
      if (this.#isStopped) return false;
      const code = problemCodeOf(error);
      if (!passing.has(code)) {
        onRefused(code, entry);
        return true;
      }
      this.#waitWith(entry, retryAfterOf(error));
      return false;
    }
  }

  #waitWith(entry: Entry, atLeastMs: number): void {
    const isOvertaken = this.#waiting.some((later) => overtakes(later, entry));
    if (!isOvertaken) this.#waiting.unshift(entry);
    const wait = backOffMs[Math.min(this.#failures, backOffMs.length - 1)] ?? 0;
    this.#failures += 1;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        void this.#work();
      },
      Math.max(wait, atLeastMs),
    );
  }
}

function withNewest(waiting: Entry[], signal: PeerSignal): Entry[] {
  const kept = waiting.filter((earlier) => !overtakes(signal, earlier));
  const last = kept.at(-1);
  if (signal.type === 'candidate' && last?.type === 'candidate' && last.data.attempt === signal.data.attempt) {
    const candidates = [...last.data.candidates, ...signal.data.candidates];
    const together = { type: 'candidate', data: { ...signal.data, candidates } } as const;
    return [...kept.slice(0, -1), { ...together, clientId: crypto.randomUUID() }];
  }
  return [...kept, { ...signal, clientId: crypto.randomUUID() }];
}

/** Whether the later signal makes the earlier one pointless. */
function overtakes(later: PeerSignal, earlier: PeerSignal): boolean {
  if (later.type === 'candidate') return false;
  if (later.type === 'offer') return ['offer', 'candidate'].includes(earlier.type);
  return later.type === earlier.type;
}

/** Past the outbox, once: gives the refusal's code, or null when it was taken. */
export async function sayOnce(
  post: (signal: SignalRequest) => Promise<void>,
  signal: Omit<SignalRequest, 'clientId'>,
): Promise<string | null> {
  try {
    await post({ clientId: crypto.randomUUID(), ...signal });
    return null;
  } catch (error) {
    return problemCodeOf(error);
  }
}
