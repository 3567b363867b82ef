import { keepEventStream, type StreamOptions, type StreamState } from './event-stream.ts';
import type { DuetEvent } from './schema.ts';
import { StreamMemory } from './stream-memory.ts';

/** What the tabs of one browser say to each other about the stream of one account. */
type Said =
  | { kind: 'event'; event: DuetEvent }
  | { kind: 'state'; state: StreamState; lastId: string | null }
  | { kind: 'reset'; lastId: string | null }
  | { kind: 'hello' }
  | { kind: 'need'; after: string };

export type Locks = Pick<LockManager, 'request'>;
export type Channel = Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'close'>;
export type SharedStreamOptions = Pick<
  StreamOptions,
  'url' | 'token' | 'onState' | 'onEvent' | 'onRefused' | 'read'
> & {
  /** Of one account at one backend. */
  name: string;
  signal: AbortSignal;
  locks: Locks | undefined;
  openChannel(name: string): Channel;
  onReset(): void;
};

const pulseMs = 8000;
/** A leading tab that is silent for longer was frozen by its system: another one takes its place. */
const silenceMs = 20_000;

/**
 * One event stream a browser: the tab that holds the lock reads it and tells the others; when it is closed, the next
 * one goes on behind the last event that it has seen itself. Every tab gets every event once, in order.
 */
export function shareEventStream(options: SharedStreamOptions): void {
  const { name, signal, locks, openChannel } = options;
  const channel = openChannel(name);
  const tab = new Tab(options, channel);
  signal.addEventListener('abort', () => channel.close());
  channel.addEventListener('message', ({ data }) => tab.hear(data as Said));
  if (!locks) {
    void tab.lead(signal); // Without a secure context every tab has a stream of its own.
    return;
  }
  void queueForLead(tab, locks, { name, signal });
  channel.postMessage({ kind: 'hello' } satisfies Said);
  watchLeader(tab, locks, { name, signal });
}

type Place = { name: string; signal: AbortSignal; steal?: boolean };

async function queueForLead(tab: Tab, locks: Locks, { name, signal, steal = false }: Place): Promise<void> {
  const rule = steal ? { steal } : { signal };
  const stolen = new AbortController();
  try {
    await locks.request(name, rule, () => tab.lead(AbortSignal.any([signal, stolen.signal])));
  } catch {
    if (signal.aborted) return;
    stolen.abort(); // Another tab took the lock: back into the queue.
    return queueForLead(tab, locks, { name, signal });
  }
}

function watchLeader(tab: Tab, locks: Locks, { name, signal }: Place): void {
  const timer = setInterval(() => {
    const isVisible = typeof document === 'undefined' || document.visibilityState === 'visible';
    if (!isVisible || tab.isLeading || performance.now() - tab.heardAt < silenceMs) return;
    tab.heardAt = performance.now();
    void queueForLead(tab, locks, { name, signal, steal: true });
  }, 5000);
  signal.addEventListener('abort', () => clearInterval(timer));
}

class Tab {
  readonly #options: SharedStreamOptions;
  readonly #channel: Channel;
  readonly #memory = new StreamMemory();
  #state: StreamState = 'connecting';
  isLeading = false;
  heardAt = performance.now();

  constructor(options: SharedStreamOptions, channel: Channel) {
    this.#options = options;
    this.#channel = channel;
    options.onState('connecting');
  }

  /** Reads the stream for all tabs until the signal. */
  async lead(signal: AbortSignal): Promise<void> {
    const { url, token, read, onRefused } = this.#options;
    this.isLeading = true;
    const timer = setInterval(() => this.#sayState(), pulseMs);
    await keepEventStream({
      url,
      token,
      ...(read && { read }),
      signal,
      lastEventId: this.#memory.lastId,
      onRefused,
      onState: (state) => this.#turn(state),
      onEvent: (event) => this.#receive(event),
      onReset: (newestId) => this.#reset(newestId),
    }).finally(() => {
      clearInterval(timer);
      this.isLeading = false;
    });
    // A refused token: this tab keeps its place until the session is renewed or ends.
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
  }

  hear(said: Said): void {
    this.heardAt = performance.now();
    if (said.kind === 'hello' && this.isLeading) this.#sayState();
    else if (said.kind === 'need' && this.isLeading) this.#repeat(said.after);
    else if (this.isLeading) return;
    else if (said.kind === 'state') this.#follow(said);
    else if (said.kind === 'event') this.#take(said.event);
    else if (said.kind === 'reset') this.#forget(said.lastId);
  }

  #receive(event: DuetEvent): void {
    this.#channel.postMessage({ kind: 'event', event } satisfies Said);
    this.#take(event);
  }

  #take(event: DuetEvent): void {
    const place = this.#memory.classify(event);
    if (place === 'known') return;
    const { lastId } = this.#memory;
    if (place === 'gap' && !this.isLeading && lastId !== null) {
      this.#channel.postMessage({ kind: 'need', after: lastId } satisfies Said);
      return;
    }
    this.#memory.keep(event);
    this.#options.onEvent(event);
  }

  #repeat(after: string): void {
    const events = this.#memory.after(after);
    if (events === null) this.#channel.postMessage({ kind: 'reset', lastId: this.#memory.lastId } satisfies Said);
    for (const event of events ?? []) this.#channel.postMessage({ kind: 'event', event } satisfies Said);
  }

  #reset(lastId: string | null): void {
    this.#channel.postMessage({ kind: 'reset', lastId } satisfies Said);
    this.#forget(lastId);
  }

  #forget(lastId: string | null): void {
    this.#memory.startAfter(lastId);
    this.#options.onReset();
  }

  #follow({ state, lastId }: { state: StreamState; lastId: string | null }): void {
    const mine = this.#memory.lastId;
    if (mine !== null && lastId !== null && BigInt(mine) < BigInt(lastId))
      this.#channel.postMessage({ kind: 'need', after: mine } satisfies Said);
    // A tab that has just been opened: what happened before is in what its pages load now.
    if (mine === null && lastId !== null) this.#memory.startAfter(lastId);
    this.#turn(state);
  }

  #turn(state: StreamState): void {
    if (state !== this.#state) {
      this.#state = state;
      this.#options.onState(state);
    }
    if (this.isLeading) this.#sayState();
  }

  #sayState(): void {
    this.#channel.postMessage({ kind: 'state', state: this.#state, lastId: this.#memory.lastId } satisfies Said);
  }
}
