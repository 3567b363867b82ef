import { expect, it, vi } from 'vitest';
import { createTabLock } from './tab-lock.ts';

const nobody = () => undefined;

it('is held by one tab until it is released', async () => {
  const first = createTabLock(navigator.locks, 'released', nobody);
  const second = createTabLock(navigator.locks, 'released', nobody);
  expect(await first.acquire('ask')).toBe(true);
  expect(await second.acquire('ask')).toBe(false);
  first.release();
  expect(await second.acquire('ask')).toBe(true);
  second.release();
});

it('is taken over from the tab that holds it, which is told', async () => {
  const lost = vi.fn<() => void>();
  const first = createTabLock(navigator.locks, 'taken', lost);
  const second = createTabLock(navigator.locks, 'taken', nobody);
  await first.acquire('ask');
  expect(await second.acquire('take-over')).toBe(true);
  await vi.waitFor(() => expect(lost).toHaveBeenCalledOnce());
  second.release();
});

it('holds nobody up where a browser has no locks', async () => {
  expect(await createTabLock(undefined, 'none', nobody).acquire('ask')).toBe(true);
});

it('waits for the page that is being reloaded', async () => {
  const before = createTabLock(navigator.locks, 'reloaded', nobody);
  const after = createTabLock(navigator.locks, 'reloaded', nobody);
  await before.acquire('ask');
  setTimeout(() => before.release(), 1_300);
  expect(await after.acquire('after-reload')).toBe(true);
  after.release();
});

it('answers whoever asks again while it is waited for', async () => {
  const lock = createTabLock(navigator.locks, 'ahead', nobody);
  expect(await Promise.all([lock.acquire('after-reload'), lock.acquire('after-reload')])).toEqual([true, true]);
  expect(await lock.acquire('ask')).toBe(true);
  lock.release();
});

it('is not kept from others by somebody who gave it up while waiting', async () => {
  const [first, second, third] = [1, 2, 3].map(() => createTabLock(navigator.locks, 'given-up', nobody));
  await first?.acquire('ask');
  const waiting = second?.acquire('after-reload');
  second?.release();
  expect(await waiting).toBe(false);
  first?.release();
  expect(await third?.acquire('ask')).toBe(true);
  third?.release();
});
