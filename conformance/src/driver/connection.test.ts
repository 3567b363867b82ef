import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { expect, test } from 'vitest';
import { exchange } from './connection.ts';

const request = { method: 'GET', path: '/healthz', headers: {}, body: null };

test.each([
  { seconds: 3, says: 'nothing', header: 'keep-alive' },
  { seconds: 5, says: 'so', header: undefined },
])('leaves before a server that closes after $seconds s and says $says', async ({ seconds, header }) => {
  const server = createServer((_, response) => {
    if (header) response.setHeader('connection', header);
    response.end('ok');
  });
  server.keepAliveTimeout = seconds * 1_000;
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const connected = once(server, 'connection') as Promise<[Socket]>;
  const { response } = await exchange(`http://127.0.0.1:${port}`, null, request, { basePath: '', timeoutMs: 5_000 });
  expect(response.headers['keep-alive']).toBe(header ? undefined : `timeout=${seconds}`);
  const [socket] = await connected;
  let closedBy = 'server';
  socket.once('end', () => (closedBy = 'client'));
  await once(socket, 'close');
  expect(closedBy).toBe('client');
  server.close();
});
