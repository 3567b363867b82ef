import { setTimeout as wait } from 'node:timers/promises';
import { LastingClient } from './lasting-client.ts';

const shortestDelay = 100;
const longestDelay = 2_000;
const probeMilliseconds = 5_000;
const answerMilliseconds = 2_500;

interface Hearing {
  readonly databaseUrl: string;
  readonly channel: string;
  onMessage(payload: string): void;
  /** Messages are heard from now on; any before may have been missed. */
  onListening(): void;
  onLost(cause: unknown): void;
}

/**
 * A connection of its own that hears what PostgreSQL notifies on a channel, and is made again whenever it is lost. A silent
 * one is found by asking it now and then.
 */
export class Listener {
  readonly #hearing: Hearing;
  readonly #closing = new AbortController();
  #delay = shortestDelay;

  constructor(hearing: Hearing) {
    this.#hearing = hearing;
  }

  /** Goes on until it is closed. */
  async run(): Promise<void> {
    while (!this.#isClosed) {
      try {
        await this.#listen();
      } catch (cause) {
        if (!this.#isClosed) this.#hearing.onLost(cause);
      }
      await hasPassed(this.#delay, this.#closing.signal);
      this.#delay = Math.min(this.#delay * 2, longestDelay);
    }
  }

  close(): void {
    this.#closing.abort();
  }

  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  async #listen(): Promise<void> {
    const { databaseUrl, channel, onMessage, onListening } = this.#hearing;
    const client = new LastingClient({
      connectionString: databaseUrl,
      application_name: 'duet-backend-a events',
      connectionTimeoutMillis: answerMilliseconds,
      query_timeout: answerMilliseconds,
      keepAlive: true,
    });
    const gone = new AbortController();
    client.once('end', () => gone.abort());
    client.on('notification', ({ payload }) => onMessage(payload ?? ''));
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
      this.#delay = shortestDelay;
      onListening();
      const over = AbortSignal.any([gone.signal, this.#closing.signal]);
      while (await hasPassed(probeMilliseconds, over)) await client.query('SELECT 1');
      if (!this.#isClosed) throw new Error('The connection was ended');
    } finally {
      // Not waited for: a silent connection does not answer a goodbye either.
      void client.end();
    }
  }
}

/** Waits; says whether the time has passed without being cut short. */
async function hasPassed(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await wait(milliseconds, undefined, { ref: false, signal });
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}
