import { createPinia, setActivePinia } from 'pinia';
import { effectScope, type EffectScope } from 'vue';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { stubPage } from '../testing/browser.ts';
import { loadBesideEvents, startEvents } from './events.ts';
import { writeSession, type SessionRecord } from './session-record.ts';

const session = { id: 's-1', token: 't', expiresAt: '2099-01-01T00:00:00.000Z', account: { id: 'one' } };
let scope: EffectScope;
let openStream: () => void;

beforeEach(() => {
  stubPage();
  setActivePinia(createPinia());
  writeSession('a', session as unknown as SessionRecord);
  vi.stubGlobal('fetch', (): Promise<Response> => {
    return new Promise((resolve) => (openStream = () => resolve(new Response(new ReadableStream()))));
  });
  openStream = () => undefined;
  scope = effectScope();
});
afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

function startLoading() {
  const load = vi.fn<() => void>();
  scope.run(() => {
    startEvents();
    loadBesideEvents(load);
  });
  return load;
}

test('what events keep true is loaded once while the stream opens', async () => {
  const fetching = vi.spyOn(globalThis, 'fetch');
  const load = startLoading();
  await vi.waitFor(() => expect(fetching).toHaveBeenCalled());
  expect(load).not.toHaveBeenCalled();
  openStream();
  await vi.waitFor(() => expect(load).toHaveBeenCalled());
  await new Promise((resolve) => setTimeout(resolve));
  expect(load).toHaveBeenCalledOnce();
});

test('a stream that stays away does not keep it from being loaded', async () => {
  vi.useFakeTimers();
  const load = startLoading();
  await vi.advanceTimersByTimeAsync(2000);
  expect(load).toHaveBeenCalledOnce();
});

test('what has ended is not loaded any more', async () => {
  vi.useFakeTimers();
  const load = startLoading();
  scope.stop();
  await vi.advanceTimersByTimeAsync(5000);
  expect(load).not.toHaveBeenCalled();
});
