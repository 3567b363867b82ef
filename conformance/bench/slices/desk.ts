import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Instruction, Order, Sighting, World } from '../k6/scenarios/order.ts';

export type Desk = {
  /** Where virtual users ask. */
  url: string;
  /** Resolves once all virtual users wait for their first order. */
  ready: Promise<void>;
  /** What a virtual user (from 1) is in the world of that name. */
  worlds: Map<string, World[]>;
  /**
   * Lets all virtual users fulfil an order at once.
   * @returns what each saw of each server, by its number, once the last of them is done
   */
  fulfil(order: Omit<Order, 'beginsAt'>): Promise<Sighting[][]>;
  /** Sends the virtual users home. */
  close(): void;
};

/** Until the first burst, so that all virtual users have heard of it. */
const LEAD_MS = 10;

type Waiting = { me: number; answer(instruction: Instruction): void; sightings: Sighting[] };

/** The desk at which a load generator's virtual users wait for orders; they begin together and are counted back in. */
export async function openDesk(virtualUsers: number): Promise<Desk> {
  const waiting: Waiting[] = [];
  const worlds: Desk['worlds'] = new Map();
  let assembled = Promise.withResolvers<void>();
  const ready = assembled.promise;
  let isClosed = false;
  const queue = (one: Waiting): void => {
    if (isClosed) return one.answer({ kind: 'end' });
    waiting.push(one);
    if (waiting.length === virtualUsers) assembled.resolve();
  };
  const server = createServer((request, response) => void attend(request, response, worlds, queue));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ready,
    worlds,
    async fulfil(order) {
      assembled = Promise.withResolvers<void>();
      const beginsAt = Date.now() + LEAD_MS;
      for (const { answer } of waiting.splice(0)) answer({ ...order, beginsAt });
      await assembled.promise;
      const inOrder = waiting.toSorted((one, other) => one.me - other.me);
      return inOrder.map(({ sightings }) => sightings);
    },
    close() {
      isClosed = true;
      for (const { answer } of waiting.splice(0)) answer({ kind: 'end' });
      server.close();
    },
  };
}

async function attend(
  request: IncomingMessage,
  response: ServerResponse,
  worlds: Desk['worlds'],
  queue: (one: Waiting) => void,
): Promise<void> {
  const asked = JSON.parse(await text(request)) as { me: number; name?: string; sightings?: Sighting[] };
  const answer = (body: unknown): void => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body));
  };
  if (request.url === '/orders') return queue({ me: asked.me, answer, sightings: asked.sightings ?? [] });
  const world = worlds.get(asked.name ?? '')?.[asked.me - 1];
  if (world) return answer(world);
  response.statusCode = 404;
  response.end();
}
