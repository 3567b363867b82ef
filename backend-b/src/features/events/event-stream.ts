import type { ServerResponse } from 'node:http';
import { isRevocationOf, type StoredEvent } from './events.rules.ts';

const MOST_BUFFERED_BYTES = 1_048_576;
const PAUSE_BYTES = 262_144;
const DRAIN_MS = 5_000;
const LAST_WORDS_MS = 1_000;

export interface StreamOwner {
  accountId: string;
  sessionId: string;
}

/** One open stream: what its client was told last, and how to tell it more. */
export interface EventStream extends StreamOwner {
  lastId: number;
  isOpen: () => boolean;
  /** Writes what it was not told yet; ends with the news that its own session is revoked. */
  deliver: (events: readonly StoredEvent[]) => void;
  comment: (text: string) => void;
  reset: (at: Date) => void;
  /** Waits until the client has read most of what was written; one that reads nothing is dropped. */
  drained: () => Promise<void>;
  end: () => void;
}

/**
 * Writes events to a response whose headers are sent.
 * @rule events/format
 */
export function createEventStream(owner: StreamOwner, lastId: number, response: ServerResponse): EventStream {
  const isOpen = (): boolean => !response.writableEnded && !response.destroyed;
  const write = (text: string): void => {
    if (!isOpen()) return;
    response.write(text);
    /** @rule events/slow-reader */
    if (response.writableLength > MOST_BUFFERED_BYTES) response.destroy();
  };
  const end = (): void => {
    if (!isOpen()) return;
    response.end();
    const timer = setTimeout(() => response.destroy(), LAST_WORDS_MS);
    response.once('close', () => clearTimeout(timer));
  };
  const stream: EventStream = {
    ...owner,
    lastId,
    isOpen,
    deliver: (events) => {
      for (const event of events) {
        if (!isOpen() || event.id <= stream.lastId) continue;
        write(eventText(event.id, event.type, event.data));
        stream.lastId = event.id;
        if (isRevocationOf(owner.sessionId, event)) end();
      }
    },
    comment: (text) => write(`: ${text}\n\n`),
    reset: (at) => write(eventText(stream.lastId, 'stream.reset', JSON.stringify({ at: at.toISOString() }))),
    drained: async () => {
      if (isOpen() && response.writableLength > PAUSE_BYTES) await drainOrClose(response);
    },
    end,
  };
  return stream;
}

function eventText(id: number, type: string, data: string): string {
  return `id: ${id}\nevent: ${type}\ndata: ${data}\n\n`;
}

function drainOrClose(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => response.destroy(), DRAIN_MS);
    const done = (): void => {
      clearTimeout(timer);
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.once('drain', done).once('close', done);
  });
}
