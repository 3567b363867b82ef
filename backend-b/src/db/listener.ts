import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export interface ListenerEvents {
  /** The payload of a notification. */
  onNotification: (payload: string) => void;
  /** Listening (again): whatever was told meanwhile was not heard. */
  onListening: () => void;
  onFailure: (error: unknown) => void;
}

export interface Listener {
  start: () => void;
  close: () => Promise<void>;
}

const CONNECT_MS = 3_000;
const QUERY_MS = 3_000;
const CHECK_MS = 5_000;
const GOODBYE_MS = 500;
const SHORTEST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Listens to one channel by a connection of its own, and connects again, with growing pauses, whenever that is lost.
 * Never through a pooler: a notification goes to the session that listens.
 */
export function createListener(databaseUrl: string, channel: string, events: ListenerEvents): Listener {
  const closing = new AbortController();
  let finished: Promise<void> | undefined;

  const run = async (): Promise<void> => {
    let pause = SHORTEST_PAUSE_MS;
    while (!closing.signal.aborted) {
      try {
        await listen(databaseUrl, channel, closing.signal, {
          ...events,
          onListening: () => {
            pause = SHORTEST_PAUSE_MS;
            events.onListening();
          },
        });
      } catch (error) {
        if (closing.signal.aborted) return;
        events.onFailure(error);
        await paused(pause, closing.signal);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
      }
    }
  };

  return {
    start: () => {
      finished ??= run();
    },
    close: async () => {
      closing.abort();
      await finished;
    },
  };
}

/** Listens until told to stop. @throws whatever ended the connection */
async function listen(url: string, channel: string, signal: AbortSignal, events: ListenerEvents): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    keepAlive: true,
  });
  const lost = new Promise<never>((_resolve, reject) => {
    client.on('error', reject);
    client.on('end', () => reject(new Error('The connection that listens has ended')));
  });
  // Whoever waits for it is told; before that nobody does.
  lost.catch(() => undefined);
  client.on('notification', ({ payload }) => events.onNotification(payload ?? ''));
  try {
    await client.connect();
    await client.query(`LISTEN ${channel}`);
    events.onListening();
    while (!signal.aborted) {
      await Promise.race([lost, paused(CHECK_MS, signal)]);
      await client.query('SELECT 1');
    }
  } finally {
    // A connection that is dead already never says goodbye.
    await Promise.race([client.end(), sleep(GOODBYE_MS)]);
  }
}

/** Waits, and no longer once it is told to stop. */
async function paused(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
