import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { startClientServer, type ClientServerOptions } from './client-server.ts';
import { StaticFiles } from './static-files.ts';

const undo: (() => unknown)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A server that stands for a replica, or for another one, of this machine. */
async function listen(listener: RequestListener): Promise<{ url: string; server: Server; stop(): void }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = (): void => {
    server.closeAllConnections();
    server.close();
  };
  undo.push(stop);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, stop };
}

function clientFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'client-'));
  mkdirSync(path.join(folder, 'assets'));
  writeFileSync(path.join(folder, 'index.html'), '<title>Duet</title>');
  writeFileSync(path.join(folder, 'assets/app-1.js'), 'console.log(1)'.repeat(100));
  writeFileSync(path.join(folder, '.sources'), 'secret');
  return folder;
}

async function serve(urls: string[], more: Partial<ClientServerOptions> = {}): Promise<string> {
  const backends = [{ id: 'a', name: 'Backend A', urls }];
  const server = await startClientServer({
    host: '127.0.0.1',
    port: 0,
    files: new StaticFiles(clientFolder()),
    backends,
    ...more,
  });
  undo.push(server.close);
  return `http://127.0.0.1:${server.port}`;
}

const naming =
  (name: string): RequestListener =>
  (request, response) => {
    request.resume().on('end', () => response.end(`${name} ${request.method} ${request.url}`));
  };

test('the replicas of a backend are asked in turn, below its name', async () => {
  const [one, two] = await Promise.all([listen(naming('one')), listen(naming('two'))]);
  const base = await serve([one.url, two.url]);
  const said = [await text(`${base}/a/v1/meta?x=1`), await text(`${base}/a/v1/meta?x=1`)];
  expect(said.toSorted()).toEqual(['one GET /v1/meta?x=1', 'two GET /v1/meta?x=1']);
});

test('a dead replica is passed over, for writes too, since nothing was sent to it', async () => {
  const [one, two] = await Promise.all([listen(naming('one')), listen(naming('two'))]);
  const base = await serve([one.url, two.url]);
  one.stop();
  for (let index = 0; index < 4; index++)
    expect(await text(`${base}/a/v1/sessions`, { method: 'POST', body: '{}' })).toBe('two POST /v1/sessions');
});

test('a write that got no answer is not sent again, a reading is', async () => {
  let arrived = 0;
  const dying = await listen((request) => {
    arrived += 1;
    request.socket.destroy();
  });
  const base = await serve([dying.url, dying.url]);
  const writing = await fetch(`${base}/a/v1/messages`, { method: 'POST', body: '{}' });
  expect(writing.status).toBe(503);
  expect(await writing.json()).toMatchObject({ code: 'service-unavailable', requestId: expect.any(String) });
  expect(arrived).toBe(1);
  await text(`${base}/a/v1/me`);
  expect(arrived).toBe(3);
  await text(`${base}/a/v1/appointments`, { method: 'POST', headers: { 'Idempotency-Key': '1' }, body: '{}' });
  expect(arrived).toBe(5);
});

test('without any replica the answer is a problem', async () => {
  const gone = await listen(naming('gone'));
  gone.stop();
  const response = await fetch(`${await serve([gone.url])}/a/v1/me`);
  expect(response.status).toBe(503);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
});

test('an event stream passes as it comes, and breaks when its replica dies', async () => {
  let say: (text: string) => void = () => undefined;
  const replica = await listen((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.flushHeaders();
    say = (words) => response.write(words);
  });
  const response = await fetch(`${await serve([replica.url])}/a/v1/events`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  say(': open\n\n');
  expect(await reader?.read()).toEqual({ done: false, value: ': open\n\n' });
  say('id: 1\n\n');
  expect(await reader?.read()).toEqual({ done: false, value: 'id: 1\n\n' });
  replica.stop();
  await expect(reader?.read()).rejects.toThrow();
});

test('when the browser goes, the stream at the replica ends too', async () => {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const replica = await listen((_request, response) => {
    response.once('close', resolve);
    response.writeHead(200).flushHeaders();
  });
  const leaving = new AbortController();
  await fetch(`${await serve([replica.url])}/a/v1/events`, { signal: leaving.signal });
  leaving.abort();
  await ended;
});

test('what operators read is not passed to browsers', async () => {
  const replica = await listen(naming('one'));
  expect((await fetch(`${await serve([replica.url])}/a/metrics`)).status).toBe(404);
});

test('pages of the client are the page, its files are kept for ever, and it is locked up', async () => {
  const base = await serve([]);
  const page = await fetch(`${base}/appointments/1`);
  expect(await page.text()).toContain('<title>Duet');
  expect(page.headers.get('cache-control')).toBe('no-cache');
  expect(page.headers.get('content-security-policy')).toMatch(/default-src 'self'.*frame-ancestors 'none'/);
  const file = await fetch(`${base}/assets/app-1.js`, { headers: { 'Accept-Encoding': 'gzip' } });
  expect(file.headers.get('content-encoding')).toBe('gzip');
  expect(file.headers.get('cache-control')).toContain('immutable');
  const again = await fetch(`${base}/assets/app-1.js`, {
    headers: { 'If-None-Match': file.headers.get('etag') ?? '' },
  });
  expect(again.status).toBe(304);
});

test('files of an older build, hidden ones and writes find nothing', async () => {
  const base = await serve([]);
  expect((await fetch(`${base}/assets/app-0.js`)).status).toBe(404);
  expect(await text(`${base}/.sources`)).toContain('<title>Duet');
  expect((await fetch(`${base}/`, { method: 'POST' })).status).toBe(405);
});

test('the client is told of its backends and of the signalling, which is handed on', async () => {
  const signalling = await listen((_request, response) => response.end());
  const sockets = new WebSocketServer({ server: signalling.server, path: '/signaling' });
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(`heard ${String(data)}`)));
  undo.push(() => sockets.clients.forEach((socket) => socket.terminate()));
  const base = await serve([], { signalling: `${signalling.url}/signaling`, demo: { accounts: [] } });
  const config = (await (await fetch(`${base}/client-config.json`)).json()) as { wsServer: string };
  expect(config).toEqual({
    backends: [{ id: 'a', name: 'Backend A', url: '/a' }],
    demo: { accounts: [] },
    wsServer: `${base.replace('http', 'ws')}/signaling`,
  });
  const socket = new WebSocket(config.wsServer);
  undo.push(() => socket.terminate());
  const answer = new Promise((resolve) => socket.once('message', (data) => resolve(String(data))));
  socket.once('open', () => socket.send('hello'));
  expect(await answer).toBe('heard hello');
});

test('a taken port is said with the way out', async () => {
  const other = await listen(naming('other'));
  const port = Number(new URL(other.url).port);
  await expect(serve([], { port })).rejects.toThrow(/^port \d+ is in use: .*--port$/);
});

async function text(url: string, init?: RequestInit): Promise<string> {
  return (await fetch(url, init)).text();
}
