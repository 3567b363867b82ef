import { afterEach, expect, test, vi } from 'vitest';
import { typingEvent } from '../testing/events.ts';
import { FakeLocks } from '../testing/locks.ts';
import type { StreamRequest } from './event-source.ts';
import { shareEventStream } from './shared-stream.ts';

let browser = 0;
const open: AbortController[] = [];

afterEach(() => open.splice(0).forEach((tab) => tab.abort()));

/** Some tabs of one browser; `streams` are those that were opened at the backend, the newest last. */
function openBrowser() {
  const locks = new FakeLocks();
  const streams: StreamRequest[] = [];
  const name = `browser-${(browser += 1)}`;
  const read = (request: StreamRequest): Promise<void> => {
    streams.push(request);
    request.onOpen();
    return new Promise((_, fail) => request.signal.addEventListener('abort', () => fail(new Error('ended'))));
  };
  const openTab = () => {
    const seen = { events: [] as string[], resets: 0, states: [] as string[] };
    const tab = new AbortController();
    open.push(tab);
    shareEventStream({
      name,
      url: 'http://localhost/a',
      token: 'token',
      signal: tab.signal,
      locks,
      openChannel: (channel) => new BroadcastChannel(channel),
      onState: (state) => seen.states.push(state),
      onEvent: ({ id }) => seen.events.push(id),
      onReset: () => (seen.resets += 1),
      onRefused: () => undefined,
      read,
    });
    return { seen, close: () => tab.abort() };
  };
  return { streams, openTab };
}

test('two tabs share one stream, and both get every event', async () => {
  const { streams, openTab } = openBrowser();
  const [first, second] = [openTab(), openTab()];
  await vi.waitFor(() => expect(second.seen.states.at(-1)).toBe('live'));
  streams[0]?.onEvent(typingEvent('1'));
  streams[0]?.onEvent(typingEvent('2'));
  await vi.waitFor(() => expect(second.seen.events).toEqual(['1', '2']));
  expect(first.seen.events).toEqual(['1', '2']);
  expect(streams).toHaveLength(1);
});

test('when the leading tab closes the next one goes on behind what it has seen', async () => {
  const { streams, openTab } = openBrowser();
  const [first, second] = [openTab(), openTab()];
  await vi.waitFor(() => expect(second.seen.states.at(-1)).toBe('live'));
  streams[0]?.onEvent(typingEvent('7'));
  await vi.waitFor(() => expect(second.seen.events).toEqual(['7']));
  first.close();
  await vi.waitFor(() => expect(streams).toHaveLength(2));
  expect(streams[1]?.lastEventId).toBe('7');
  streams[1]?.onEvent(typingEvent('8'));
  expect(second.seen.events).toEqual(['7', '8']);
});

test('a tab that is opened later starts at the present, without loading twice', async () => {
  const { streams, openTab } = openBrowser();
  const first = openTab();
  await vi.waitFor(() => expect(streams).toHaveLength(1));
  streams[0]?.onEvent(typingEvent('3'));
  const late = openTab();
  await vi.waitFor(() => expect(late.seen.states.at(-1)).toBe('live'));
  expect(late.seen.resets).toBe(0);
  first.close();
  await vi.waitFor(() => expect(streams).toHaveLength(2));
  expect(streams[1]?.lastEventId).toBe('3');
});

test('an event that is told twice counts once', async () => {
  const { streams, openTab } = openBrowser();
  const tab = openTab();
  await vi.waitFor(() => expect(streams).toHaveLength(1));
  for (const id of ['1', '1', '2']) streams[0]?.onEvent(typingEvent(id));
  expect(tab.seen.events).toEqual(['1', '2']);
});
