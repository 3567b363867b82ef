import { once } from 'node:events';
import { WebSocket } from 'ws';
import { isJson, type Json, parseObject } from '../json.ts';

/** A client that speaks the connection protocol and does what a test says, without a browser. */
export type SignallingClient = {
  /** The bodies of all messages received so far. */
  bodies: Json[];
  send(body: object): void;
  /** The next body of that type, which may have come already. */
  next(type: string): Promise<Json>;
  /** Waits until the other side closed. */
  closed: Promise<unknown>;
  drop(): void;
};

/** Opens a socket and says hello. */
export async function openClient(url: string, helloBody?: object): Promise<SignallingClient> {
  const socket = new WebSocket(url);
  const bodies: Json[] = [];
  let taken = 0;
  const welcomed = Promise.withResolvers<void>();
  let wake: () => void = () => undefined;
  socket.on('message', (data) => {
    const message = parseObject(String(data));
    if (message?.['type'] === 'welcome') welcomed.resolve();
    if (message?.['type'] === 'msg' && isJson(message['body'])) bodies.push(message['body']);
    wake();
  });
  await once(socket, 'open');
  const closed = once(socket, 'close');
  const write = (message: object): void => socket.send(JSON.stringify(message));
  write({ type: 'hello', id: 'x', timeout: 5000, version: 2, ...(helloBody && { body: helloBody }) });
  await welcomed.promise;
  return {
    bodies,
    closed,
    send: (body) => write({ type: 'msg', body }),
    next: async (type) => {
      for (;;) {
        const index = bodies.findIndex((body, place) => place >= taken && body['type'] === type);
        if (index !== -1) {
          taken = index + 1;
          return bodies[index] ?? {};
        }
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    drop: () => socket.terminate(),
  };
}
