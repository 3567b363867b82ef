import { readEventSource, StreamRefused, type StreamRequest } from './event-source.ts';
import type { DuetEvent } from './schema.ts';

export type StreamState = 'connecting' | 'live' | 'reconnecting' | 'off';

export type StreamOptions = {
  url: string;
  token: string;
  lastEventId: string | null;
  signal: AbortSignal;
  onState(state: StreamState): void;
  onEvent(event: DuetEvent): void;
  /** Events may have been missed: what is shown must be loaded afresh. The newest id, where it is known. */
  onReset(newestId: string | null): void;
  /** The token is refused; the stream has ended for good. */
  onRefused(): void;
  /** A test's own. */
  read?: (request: StreamRequest) => Promise<void>;
};

const pausesMs = [0, 500, 1000, 2000, 5000, 10_000];

/** Keeps one stream open until the signal: after a break it goes on behind the last event that was seen. */
export async function keepEventStream(options: StreamOptions): Promise<void> {
  const { signal, onState, onEvent, onReset, onRefused, read = readEventSource } = options;
  let { lastEventId } = options;
  let failures = 0;
  let hasBeenOpen = false;
  const onOpen = (): void => {
    failures = 0;
    // Without an id what happened between the page's first look and now is unknown.
    if (lastEventId === null) onReset(null);
    hasBeenOpen = true;
    onState('live');
  };
  const take = (event: DuetEvent): void => {
    lastEventId = event.id;
    if (event.event === 'stream.reset') onReset(event.id);
    else onEvent(event);
  };
  while (!signal.aborted) {
    onState(hasBeenOpen ? 'reconnecting' : 'connecting');
    try {
      await read({ url: options.url, token: options.token, lastEventId, signal, onOpen, onEvent: take });
    } catch (error) {
      if (error instanceof StreamRefused && error.status === 401) return signal.aborted ? undefined : onRefused();
    }
    if (!signal.aborted) await pause(pausesMs[Math.min(failures++, pausesMs.length - 1)] ?? 0, signal);
  }
}

/** Ends early when the device is online again, or the signal says so. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      globalThis.removeEventListener?.('online', end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds * (0.8 + Math.random() * 0.4));
    globalThis.addEventListener?.('online', end);
    signal.addEventListener('abort', end);
  });
}
