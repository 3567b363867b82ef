import { Client } from 'pg';
import type { Statement } from '../database.ts';
import { readMissed, readNews } from '../statements/events.ts';
import type { EventRow } from './frame.ts';
import { EventHub } from './hub.ts';

const againMs = 200;

/** The connection that listens, and reads what it has heard of. It is opened again whenever it is lost. */
export class Listener {
  readonly hub: EventHub;
  readonly #url: string;
  #client: Client | undefined;
  #isStopped = false;

  constructor(url: string) {
    this.#url = url;
    this.hub = new EventHub({
      news: (accountIds, lastIds) => this.#read(readNews, [accountIds, lastIds]),
      missed: (...values) => this.#read(readMissed, values),
    });
  }

  start(): void {
    void this.#connect();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new Client({
      connectionString: this.#url,
      connectionTimeoutMillis: 2_000,
      query_timeout: 2_500,
      keepAlive: true,
    });
    const lost = (): void => {
      if (this.#client === client) this.#client = undefined;
      client.end().catch(() => undefined);
      if (!this.#isStopped) setTimeout(() => void this.#connect(), againMs);
    };
    const { promise: isLost, resolve } = Promise.withResolvers<void>();
    void isLost.then(lost);
    client.on('error', () => resolve()).on('end', () => resolve());
    client.on('notification', ({ payload = '' }) => this.hub.notice(payload));
    try {
      await client.connect();
      await client.query('LISTEN events');
      this.#client = client;
      this.hub.noticeAll();
    } catch {
      resolve();
    }
  }

  async #read({ name, text }: Statement, values: unknown[]): Promise<EventRow[]> {
    const client = this.#client;
    if (!client) throw new Error('the listening connection is away');
    try {
      return (await client.query<EventRow>({ name, text, values })).rows;
    } catch (error) {
      // After a timeout its answer may still come, or never: a new connection is sure.
      client.end().catch(() => undefined);
      throw error;
    }
  }
}
