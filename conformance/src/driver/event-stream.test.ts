import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { Actor } from '../actors.ts';
import type { SuiteTarget } from '../target.ts';
import { contractVersion } from './contract.ts';
import { openEvents } from './event-stream.ts';
import { startRecording, stopRecording } from './recorder.ts';

const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-transform',
  'x-request-id': 'r1',
  'x-content-type-options': 'nosniff',
};
const TYPING = {
  at: '2031-01-01T00:00:00.000Z',
  appointmentId: '0197f3c2-5b1e-7c41-9a50-3f6c2f1b8d01',
  accountId: '0197f3c2-1b22-7e13-9d5f-3c806baf2d02',
};

let server: Server | undefined;

/** Somebody who talks to a server that streams what `send` writes. */
async function actorOf(send: (stream: ServerResponse) => void): Promise<Actor> {
  server = createServer((_, response) => send(response.writeHead(200, HEADERS)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const meta = { service: 's', framework: 'f', orm: 'o', runtime: 'n', contractVersion, conformanceClock: false };
  const target: SuiteTarget = {
    name: 'streaming',
    urls: [`http://127.0.0.1:${port}`],
    inviteCode: null,
    basePath: '',
    headers: {},
    timeoutMs: 5_000,
    meta: { ...meta, videoProvider: 'peer' },
  };
  return new Actor(target, 'secret');
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  stopRecording();
});

describe('openEvents', () => {
  test('puts events together whatever pieces they come in, and sees the end', async () => {
    const text = `: ü\n\nid: 4\nevent: message.typing\ndata: ${JSON.stringify(TYPING)}\n\n: 🩹\r\n\r\n`;
    const recording = startRecording();
    const actor = await actorOf((response) => {
      for (const byte of Buffer.from(text)) response.write(Buffer.of(byte));
      response.end();
    });
    const stream = await openEvents(actor, { lastEventId: '3' });
    await expect.poll(() => stream.endedAt).toBeTypeOf('number');
    expect(stream.events).toEqual([{ id: '4', event: 'message.typing', data: TYPING, cameAt: expect.any(Number) }]);
    expect(stream.comments.map((comment) => comment.text)).toEqual([': ü', ': 🩹']);
    expect(recording).toMatchObject({ requests: 1, judged: 1, violations: [] });
  });

  test('records what an event breaks, with the request of its stream', async () => {
    const recording = startRecording();
    const actor = await actorOf((response) => {
      response.end(`id: 6\nevent: message.typing\ndata: ${JSON.stringify({ ...TYPING, text: 'no' })}\n\n`);
    });
    const stream = await openEvents(actor, { lastEventId: '3' });
    await expect.poll(() => stream.endedAt).toBeTypeOf('number');
    expect(recording.violations.map(({ rule, failure }) => `${rule} ${failure.key}`)).toEqual([
      'events/format message.typing:schema::additionalProperties:text',
      'events/gapless gap',
    ]);
    const [first] = recording.violations;
    expect(first?.exchange.request).toMatchObject({ method: 'GET', headers: { 'last-event-id': '3' } });
    expect(first?.exchange.request.headers['authorization']).toBe('Bearer [redacted]');
    expect(first?.exchange.response?.body).toContain('id: 6');
    expect(recording).toMatchObject({ requests: 1, judged: 1 });
  });

  test('reads nothing while asleep and everything once awake', async () => {
    const actor = await actorOf((response) => {
      response.write(`id: 1\nevent: message.typing\ndata: ${JSON.stringify(TYPING)}\n\n`);
    });
    const stream = await openEvents(actor, { isAsleep: true });
    stream.nudge();
    expect(stream.events).toEqual([]);
    stream.wake();
    await expect.poll(() => stream.lastEventId).toBe('1');
    stream.close();
  });
});
