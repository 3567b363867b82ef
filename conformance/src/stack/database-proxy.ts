import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from './ports.ts';

/** A line between a server and its database that can be broken. */
export type DatabaseProxy = {
  /** The database's URL by way of the proxy. */
  url: string;
  /** Closes every connection and refuses new ones. */
  cut(): Promise<void>;
  /** Keeps connections, accepts new ones, and lets not a byte through. */
  stall(): void;
  /** Lets everything through again; what was stalled goes on. */
  restore(): Promise<void>;
  close(): Promise<void>;
};

type Pair = { near: Socket; far: Socket };

/** Opens a proxy on a free port of 127.0.0.1 to the server of that database URL. */
export async function openDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const address = new URL(databaseUrl);
  const goal = { host: address.hostname.replace(/^\[|\]$/g, ''), port: Number(address.port || 5432) };
  const port = await freePort();
  const pairs = new Set<Pair>();
  let isStalled = false;
  let server = await listen();

  function listen(): Promise<Server> {
    const { promise, resolve, reject } = Promise.withResolvers<Server>();
    const opened = createServer((near) => track({ near, far: connect(goal) }));
    opened.once('error', reject).listen(port, '127.0.0.1', () => resolve(opened));
    return promise;
  }
  function track(pair: Pair): void {
    pairs.add(pair);
    for (const [from, to] of [
      [pair.near, pair.far],
      [pair.far, pair.near],
    ] as const) {
      from.setNoDelay(true);
      if (!isStalled) from.pipe(to);
      from.on('error', () => to.destroy()); // One end is gone: so is the connection, as without a proxy.
      from.on('close', () => {
        to.destroy();
        pairs.delete(pair);
      });
    }
  }
  async function cut(): Promise<void> {
    for (const { near, far } of pairs) {
      near.resetAndDestroy();
      far.destroy();
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    server.close(() => resolve()); // An error here says only that it is closed already.
    await promise;
  }
  return {
    url: Object.assign(address, { hostname: '127.0.0.1', port: String(port) }).href,
    cut,
    stall() {
      isStalled = true;
      for (const { near, far } of pairs) {
        near.unpipe(far).pause();
        far.unpipe(near).pause();
      }
    },
    async restore() {
      const wasStalled = isStalled;
      isStalled = false;
      if (wasStalled) for (const { near, far } of pairs) near.pipe(far).pipe(near);
      if (!server.listening) server = await listen();
    },
    close: cut,
  };
}
