import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { readRequest } from '../rest/request.ts';

/** A status callback as it arrived. */
export type Received = {
  method: string;
  /** The whole URL that it was sent to. */
  url: string;
  signature: string;
  parameters: Record<string, string>;
};

export type CallbackReceiver = { url: string; received: Received[]; close(): Promise<void> };

/** A server that takes callbacks as a backend does, answering with the given status. */
export async function startReceiver(status = 204): Promise<CallbackReceiver> {
  const received: Received[] = [];
  const server = createServer(async (message, response) => {
    const request = await readRequest(message);
    received.push({
      method: request.method,
      url: request.origin + message.url,
      signature: String(message.headers['x-twilio-signature']),
      parameters: Object.fromEntries(request.method === 'GET' ? request.query : request.form),
    });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/webhooks/twilio/rooms`;
  const close = (): Promise<void> => new Promise((resolve) => void server.close(() => resolve()));
  return { url, received, close };
}
