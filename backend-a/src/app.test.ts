import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { createDataSource } from './db/data-source.ts';
import { Database } from './db/database.ts';
import { dbOf } from './db/hot-paths.ts';
import { EventHub } from './features/events/event-hub.ts';
import type { Place } from './problem.ts';
import { peerProvider } from './video/peer.ts';

const config = readConfig({
  DATABASE_URL: 'postgres://nobody@localhost:1/never-reached',
  DOCTOR_INVITE_CODE: 'a good code',
  CURSOR_SECRET: '0123456789abcdef0123456789abcdef',
  CORS_ORIGINS: 'https://duet.example',
  CONFORMANCE_CLOCK: '1',
});

let server: Server;
let base: string;

beforeAll(async () => {
  const database = new Database(createDataSource({ ...config, onConnectionLost: () => undefined }));
  const db = dbOf(database, config);
  const events = new EventHub(
    () => Promise.resolve([]),
    () => undefined,
  );
  const provider = peerProvider(config.ice);
  const logging = { requests: (_request: unknown, _response: unknown, next: () => void) => next() };
  server = createServer(createApp({ config, database, db, events, provider, logging, isDraining: () => false })).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
});

async function send(method: string, path: string, init: RequestInit = {}) {
  const response = await fetch(base + path, { method, ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}

describe('the application without its database', () => {
  test('says what it is made of', async () => {
    const { status, body } = await send('GET', '/v1/meta');
    expect(status).toBe(200);
    expect(body).toMatchObject({ service: 'backend-a', contractVersion: '1.0.0', conformanceClock: true });
  });

  test.each(['/', '/v1', '/v1/meta/', '/V1/meta', '/v1//meta', '/v1/webhooks/twilio/rooms'])(
    'does not know %s',
    async (path) => {
      expect(await send('POST', path)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    },
  );

  test('refuses other methods and says which there are', async () => {
    const { status, headers } = await send('DELETE', '/v1/me');
    expect([status, headers.get('allow')]).toEqual([405, 'GET, PATCH, HEAD, OPTIONS']);
  });

  test('answers a preflight of a configured origin only', async () => {
    const preflight = (origin: string) =>
      send('OPTIONS', '/v1/appointments', { headers: { origin, 'access-control-request-method': 'POST' } });
    const ours = await preflight('https://duet.example');
    expect([ours.status, ours.headers.get('access-control-allow-origin')]).toEqual([204, 'https://duet.example']);
    const other = await preflight('https://other.example');
    expect([other.status, other.headers.get('access-control-allow-origin')]).toEqual([204, null]);
  });

  test('asks for a session before anything else of a request', async () => {
    const { status, headers, body } = await send('POST', '/v1/appointments?x=%zz', { body: 'not JSON' });
    expect([status, headers.get('www-authenticate'), body.code]).toEqual([401, 'Bearer', 'unauthenticated']);
  });

  test('names every offending place of all parts at once', async () => {
    const { body } = await send('POST', '/v1/sessions?x=1', {
      headers: { 'content-type': 'application/json', 'conformance-now': 'soon' },
      body: '{"email": 1, "__proto__": {}}',
    });
    const places = body.errors.map((error: Place) => `${error.in} ${error.pointer} ${error.rule}`);
    expect(places.toSorted()).toEqual([
      'body /__proto__ unknown',
      'body /email type',
      'body /password required',
      'header /Conformance-Now format',
      'query /x unknown',
    ]);
  });

  test('says 503 when an operation needs the database', async () => {
    const { status, headers, body } = await send('GET', '/readyz');
    expect([status, body.code]).toEqual([503, 'service-unavailable']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
