import { expect, test, vi } from 'vitest';
import { StreamRefused, type StreamRequest } from './event-source.ts';
import { keepEventStream, type StreamState } from './event-stream.ts';
import { typingEvent } from '../testing/events.ts';
import type { DuetEvent } from './schema.ts';

type Reader = (request: StreamRequest, attempt: number) => Promise<void>;

async function run(reader: Reader, lastEventId: string | null = null) {
  const seen = {
    events: [] as string[],
    resets: 0,
    states: [] as StreamState[],
    refused: 0,
    asked: [] as (string | null)[],
  };
  const controller = new AbortController();
  let attempt = 0;
  await keepEventStream({
    url: 'http://localhost/a',
    token: 'token',
    lastEventId,
    signal: controller.signal,
    onState: (state) => seen.states.push(state),
    onEvent: ({ id }) => seen.events.push(id),
    onReset: () => (seen.resets += 1),
    onRefused: () => (seen.refused += 1),
    read: async (request) => {
      seen.asked.push(request.lastEventId);
      attempt += 1;
      if (attempt > 2) return controller.abort();
      await reader(request, attempt);
    },
  });
  return seen;
}

test('after a break it goes on behind the last event', async () => {
  const seen = await run(async ({ onOpen, onEvent }, attempt) => {
    onOpen();
    onEvent(typingEvent(attempt === 1 ? '7' : '8'));
  });
  expect(seen.asked).toEqual([null, '7', '8']);
  expect(seen.events).toEqual(['7', '8']);
  expect(seen.states).toEqual(['connecting', 'live', 'reconnecting', 'live', 'reconnecting']);
});

test('a stream that begins without an id tells to load afresh, one that resumes does not', async () => {
  expect((await run(async ({ onOpen }) => onOpen())).resets).toBe(2);
  expect((await run(async ({ onOpen }) => onOpen(), '5')).resets).toBe(0);
});

test('a reset of the backend tells to load afresh and is resumed behind', async () => {
  const reset = { id: '40', event: 'stream.reset', data: { at: '2026-01-01T00:00:00.000Z' } } as DuetEvent;
  const seen = await run(async ({ onEvent }, attempt) => {
    if (attempt === 1) onEvent(reset);
  }, '5');
  expect(seen.resets).toBe(1);
  expect(seen.events).toEqual([]);
  expect(seen.asked).toEqual(['5', '40', '40']);
});

test('a refused token ends it', async () => {
  const seen = await run(() => Promise.reject(new StreamRefused(401)));
  expect(seen.refused).toBe(1);
  expect(seen.asked).toHaveLength(1);
});

test('another refusal is tried again', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const seen = await run(() => Promise.reject(new StreamRefused(503)));
  vi.useRealTimers();
  expect(seen.asked).toHaveLength(3);
});
