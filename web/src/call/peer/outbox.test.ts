import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SignalRequest } from '../call-session.ts';
import { Outbox } from './outbox.ts';
import type { PeerSignal } from './signal-data.ts';

const media = { microphone: true, camera: true, screen: false };
const offer = (attempt: string): PeerSignal => ({ type: 'offer', data: { attempt, revision: 1, sdp: attempt, media } });
const candidate = (name: string): PeerSignal => ({
  type: 'candidate',
  data: { attempt: 'a', candidates: [{ candidate: name }] },
});
const refusal = (code: string): Error => Object.assign(new Error(code), { code });

let posted: SignalRequest[];
let answers: (() => Promise<void>)[];
let refused: string[];
let outbox: Outbox;

beforeEach(() => {
  vi.useFakeTimers();
  [posted, answers, refused] = [[], [], []];
  outbox = new Outbox({
    connectionId: 'connection',
    epoch: () => 3,
    post: (signal) => {
      posted.push(signal);
      return answers.shift()?.() ?? Promise.resolve();
    },
    onRefused: (code) => refused.push(code),
  });
});
afterEach(() => void vi.useRealTimers());

it('has one request in flight, and keeps the order', async () => {
  const first = Promise.withResolvers<void>();
  answers.push(() => first.promise);
  outbox.send(offer('a'));
  outbox.send(candidate('1'));
  await vi.advanceTimersByTimeAsync(0);
  expect(posted.map(({ type }) => type)).toEqual(['offer']);
  first.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(posted.map(({ type }) => type)).toEqual(['offer', 'candidate']);
  expect(posted[0]).toMatchObject({ connectionId: 'connection', epoch: 3 });
});

it('sends candidates that wait together', async () => {
  outbox.send(offer('a'));
  for (const name of ['1', '2', '3']) outbox.send(candidate(name));
  await vi.advanceTimersByTimeAsync(0);
  expect(posted[1]?.data).toEqual({ attempt: 'a', candidates: ['1', '2', '3'].map((name) => ({ candidate: name })) });
  expect(posted).toHaveLength(2);
});

it('repeats a request that got no answer, with the same clientId', async () => {
  answers.push(
    () => Promise.reject(refusal('offline')),
    () => Promise.reject(refusal('service-unavailable')),
  );
  outbox.send(offer('a'));
  await vi.advanceTimersByTimeAsync(2000);
  expect(posted).toHaveLength(3);
  expect(new Set(posted.map(({ clientId }) => clientId)).size).toBe(1);
});

it('leaves out what was overtaken while it waited', async () => {
  answers.push(() => Promise.reject(refusal('offline')));
  outbox.send(offer('old'));
  outbox.send(candidate('old'));
  await vi.advanceTimersByTimeAsync(0);
  outbox.send(offer('new'));
  outbox.send({ type: 'media', data: { ...media, camera: false } });
  outbox.send({ type: 'media', data: media });
  outbox.hurry();
  await vi.advanceTimersByTimeAsync(0);
  expect(posted.slice(1).map(({ data }) => data)).toMatchObject([{ attempt: 'new' }, { camera: true }]);
});

it('tells a refusal and goes on with what follows', async () => {
  answers.push(() => Promise.reject(refusal('stale-epoch')));
  outbox.send(offer('a'));
  outbox.send({ type: 'media', data: media });
  await vi.advanceTimersByTimeAsync(0);
  expect(refused).toEqual(['stale-epoch']);
  expect(posted.map(({ type }) => type)).toEqual(['offer', 'media']);
});

it('sends nothing once it is stopped', async () => {
  answers.push(() => Promise.reject(refusal('offline')));
  outbox.send(offer('a'));
  await vi.advanceTimersByTimeAsync(0);
  outbox.stop();
  outbox.send(offer('b'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(posted).toHaveLength(1);
});
