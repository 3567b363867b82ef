import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Seen, World } from '../k6/scenarios/order.ts';

export type LoadDesk = {
  url: string;
  /** What virtual users have told so far. */
  seen: Seen[];
  /** Resolves when all have learned: the load is about to begin. */
  isReady: Promise<void>;
  /** Resolves when the first one tells: the load is over. Who tells is held until `letGo`, and the generator with them. */
  isOver: Promise<void>;
  letGo(): void;
  close(): void;
};

/** Where the virtual users of one load learn who they are, and tell at its end what they saw. */
export async function openLoadDesk(worlds: readonly World[], virtualUsers: number): Promise<LoadDesk> {
  const seen: Seen[] = [];
  const ready = Promise.withResolvers<void>();
  const over = Promise.withResolvers<void>();
  const free = Promise.withResolvers<void>();
  let learned = 0;
  const told = async (request: IncomingMessage): Promise<void> => {
    seen.push((await json(request)) as Seen);
    await free.promise;
  };
  const server = createServer((request, response) => {
    if (request.url === '/worlds') return void response.end(JSON.stringify(worlds));
    response.statusCode = 204;
    if (request.url === '/learned') {
      learned += 1;
      if (learned === virtualUsers) ready.resolve();
      return void response.end();
    }
    over.resolve();
    return void told(request).finally(() => response.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    isReady: ready.promise,
    isOver: over.promise,
    letGo: free.resolve,
    close: () => void server.close(),
  };
}
