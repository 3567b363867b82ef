import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { callEndOf } from '../appointments/appointments.rules.ts';
import type { ToldEvent } from './event.ts';
import { revokes } from './events.rules.ts';

const bufferedBytes = 1_048_576;
const patienceMilliseconds = 10_000;
const longestTimeout = 2_147_483_647;

interface Opening {
  readonly sessionId: string;
  /** Where it begins. */
  readonly afterId: number;
  /** What time it is for the stream when it opens; it goes on from there at the pace of real time. */
  readonly now: Date;
  readonly sessionEndsAt: Date;
}

/** One open stream: writes events to one reader, and ends when its session does or when the reader does not read. */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #sessionId: string;
  readonly #openedAt: Date;
  /** By how much the stream's time is ahead of real time. */
  readonly #aheadMilliseconds: number;
  readonly #expiry: NodeJS.Timeout;
  #lastId: number;
  #isLive = false;

  constructor(response: ServerResponse, { sessionId, afterId, now, sessionEndsAt }: Opening) {
    this.#response = response;
    this.#sessionId = sessionId;
    this.#lastId = afterId;
    this.#openedAt = now;
    this.#aheadMilliseconds = now.getTime() - Date.now();
    this.#expiry = setTimeout(() => this.end(), Math.min(sessionEndsAt.getTime() - now.getTime(), longestTimeout));
    response.once('close', () => clearTimeout(this.#expiry));
  }

  /** The id of the last event that was written. */
  get lastId(): number {
    return this.#lastId;
  }

  get isOpen(): boolean {
    return !this.#response.writableEnded && !this.#response.destroyed;
  }

  /** What was missed is told as it was at the opening; from here on time passes. */
  goLive(): void {
    this.#isLive = true;
  }

  onClose(listener: () => void): void {
    this.#response.once('close', listener);
  }

  /** @rule events/format */
  comment(text: string): void {
    this.#write(`: ${text}\n\n`);
  }

  /** Says that something is missing before the newest event. */
  reset(at: Date): void {
    this.#write(frameOf(this.#lastId, 'stream.reset', JSON.stringify({ at: at.toISOString() })));
  }

  /**
   * Writes an event, when it is the next one.
   *
   * @rule sessions/logout
   * @rule sessions/logout-everywhere
   */
  tell(event: ToldEvent): void {
    if (event.id <= this.#lastId || !this.isOpen) return;
    this.#lastId = event.id;
    this.#write(frameOf(event.id, event.type, this.#dataOf(event)));
    if (revokes(event, this.#sessionId)) this.end();
  }

  /** Resolves when the reader has taken what was written, or after a while; says whether it has. */
  async hasDrained(milliseconds = patienceMilliseconds): Promise<boolean> {
    if (!this.isOpen || !this.#response.writableNeedDrain) return true;
    const patience = new AbortController();
    const drained = new Promise<boolean>((resolve) => {
      const done = () => resolve(true);
      this.#response.once('drain', done).once('close', done);
      patience.signal.addEventListener('abort', () => {
        this.#response.removeListener('drain', done).removeListener('close', done);
      });
    });
    const isDrained = await Promise.race([drained, wait(milliseconds, false, { signal: patience.signal })]);
    patience.abort();
    return isDrained;
  }

  end(): void {
    if (this.isOpen) this.#response.end();
    clearTimeout(this.#expiry);
  }

  /** Ends without waiting for a reader that does not read. */
  drop(): void {
    // A plain close would keep what was written until the reader has taken it.
    this.#response.socket?.resetAndDestroy();
    this.#response.destroy();
  }

  /** @rule events/slow-reader */
  #write(text: string): void {
    if (!this.isOpen) return;
    this.#response.write(text);
    if (this.#response.writableLength > bufferedBytes) this.drop();
  }

  /** @rule calls/signals-forgotten */
  #dataOf({ data, signal }: ToldEvent): string {
    if (!signal) return data;
    const now = this.#isLive ? Date.now() + this.#aheadMilliseconds : this.#openedAt.getTime();
    const isOver = now >= callEndOf({ endsAt: signal.appointmentEndsAt }).getTime();
    return `${data.slice(0, -1)},"data":${isOver || signal.data === null ? 'null' : signal.data}}`;
  }
}

function frameOf(id: number, type: string, data: string): string {
  return `id: ${id}\nevent: ${type}\ndata: ${data}\n\n`;
}
