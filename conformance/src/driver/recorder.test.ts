import { afterEach, expect, test } from 'vitest';
import { settle } from './connection.ts';
import type { ReceivedResponse, SentRequest } from './exchange.ts';
import { startRecording, stopRecording } from './recorder.ts';

function answer(method: string, path: string, status: number, body?: object): void {
  const sent = body === undefined ? null : Buffer.from(JSON.stringify(body));
  const request: SentRequest = { method, path, headers: {}, body: sent };
  const response: ReceivedResponse = { status, headers: {}, body: Buffer.from('{}') };
  settle(new Date(), null, 'http://127.0.0.1:1', request, response, 1);
}

afterEach(stopRecording);

test('what an answer shows of the contract is told once a worker', () => {
  const first = startRecording();
  answer('GET', '/readyz', 200);
  answer('GET', '/readyz', 200);
  expect(first.seen).toEqual(['status getReadiness 200']);
  stopRecording();
  const second = startRecording();
  answer('GET', '/readyz', 200);
  answer('GET', '/readyz', 503);
  expect(second.seen).toEqual(['status getReadiness 503']);
});

test('what was seen between two tests is told by the later one', () => {
  answer('GET', '/healthz', 200);
  expect(startRecording().seen).toEqual(['status getLiveness 200']);
});

test('a request is looked at as it was sent, and not as it is kept', () => {
  const recording = startRecording();
  answer('POST', '/v1/sessions', 401, { email: 'ada@duet.invalid', password: 'p'.repeat(9_000) });
  expect(recording.exchanges[0]?.request.body).not.toContain('ppp');
  expect(recording.seen).toContain('keyword login body /email type fits');
  expect(recording.seen).toContain('keyword login body /password maxLength breaks');
  expect(recording.seen.join()).not.toMatch(/ppp|ada@/);
});
