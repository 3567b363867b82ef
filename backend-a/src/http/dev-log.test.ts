import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import { expect, test } from 'vitest';
import { createApp } from '../app.ts';
import { readConfig, type TwilioConfig } from '../config.ts';
import { createDataSource } from '../db/data-source.ts';
import { Database } from '../db/database.ts';
import { dbOf } from '../db/hot-paths.ts';
import { EventHub } from '../features/events/event-hub.ts';
import { signatureOf } from '../features/webhooks/webhooks.rules.ts';
import { peerProvider } from '../video/peer.ts';
import { twilioProvider } from '../video/twilio.ts';
import { logForPeople } from './dev-log.ts';
import { beginExchange } from './exchange.ts';
import { sendJson } from './reply.ts';

const video: TwilioConfig = {
  provider: 'twilio',
  accountSid: `AC${'a'.repeat(32)}`,
  apiKeySid: `SK${'b'.repeat(32)}`,
  apiKeySecret: 'the secret of the key',
  authToken: 'the token of the account',
  baseUrl: 'http://127.0.0.1:1',
};
const publicUrl = 'https://duet.example';

/** What is logged of one request to an application. */
async function logOf(
  appWith: (log: RequestHandler) => RequestHandler,
  path: string,
  init: RequestInit,
): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const server = express()
    .use(appWith(logForPeople({ write: resolve })))
    .listen(0, '127.0.0.1');
  await once(server, 'listening');
  await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, init);
  server.close();
  return promise;
}

function twilioApp(requests: RequestHandler): RequestHandler {
  const config = {
    ...readConfig({
      DATABASE_URL: 'postgres://nobody@localhost:1/never-reached',
      DOCTOR_INVITE_CODE: 'a good code',
      CURSOR_SECRET: '0123456789abcdef0123456789abcdef',
    }),
    publicUrl,
    video,
  };
  const database = new Database(createDataSource({ ...config, onConnectionLost: () => undefined }));
  const events = new EventHub(
    () => Promise.resolve([]),
    () => undefined,
  );
  const provider = peerProvider(config.ice);
  const db = dbOf(database, config);
  return createApp({ config, database, db, events, provider, logging: { requests }, isDraining: () => false });
}

test('shows the grant of a video room without its token', async () => {
  const entry = { roomName: 'room-1', connectionId: 'c', accountId: 'a', epoch: 1, isOfferer: true };
  const now = new Date('2027-03-01T10:00:00.000Z');
  const grant = twilioProvider(video, { publicUrl, warn: () => undefined }).grant({ ...entry, expiresAt: now }, now);
  if (grant.provider !== 'twilio') throw new Error('another provider granted it');
  const appWith = (log: RequestHandler) =>
    express().use(
      beginExchange(() => false),
      log,
      (_request, response) => sendJson(response, 200, grant),
    );
  const log = await logOf(appWith, '/', { method: 'POST' });
  expect(log).toContain('"roomName":"room-1"');
  expect(log).toContain('"token":"[redacted]"');
  expect(log).not.toContain(grant.token);
});

const path = '/v1/webhooks/twilio/rooms';
const form = [
  ['AccountSid', video.accountSid],
  ['StatusCallbackEvent', 'room-created'],
] as const;
const right = signatureOf(publicUrl + path, form, video.authToken);

test.each([
  ['right', right, '204'],
  ['wrong', 'bm90IHRoZSBzaWduYXR1cmU=', '403'],
])('shows a callback with a %s signature without it', async (_case, signature, status) => {
  const body = new URLSearchParams(Object.fromEntries(form));
  const log = await logOf(twilioApp, path, { method: 'POST', headers: { 'X-Twilio-Signature': signature }, body });
  expect(log).toContain(`POST ${path} ${status}`);
  expect(log).toContain('"StatusCallbackEvent":"room-created"');
  for (const secret of [signature, right, video.accountSid, video.apiKeySecret, video.authToken]) {
    expect(log).not.toContain(secret);
  }
});
