import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { delays, Pursuit } from './pursuit.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('tries after 0, 2, 5 and 10 seconds, then gives up', () => {
  const begun = Date.now();
  const tries: number[] = [];
  let gaveUpAt: number | null = null;
  const pursuit = new Pursuit(
    () => tries.push(Date.now() - begun),
    () => (gaveUpAt = Date.now() - begun),
  );
  pursuit.start(delays.broken);
  vi.advanceTimersByTime(60_000);
  expect(tries).toEqual([0, 2000, 7000, 17_000]);
  expect(gaveUpAt).toBe(27_000);
  expect(pursuit.isRunning).toBe(false);
});

it('may be stopped by what it tries', () => {
  const nudge = vi.fn(() => pursuit.stop());
  const giveUp = vi.fn();
  const pursuit = new Pursuit(nudge, giveUp);
  pursuit.start(delays.broken);
  vi.advanceTimersByTime(60_000);
  expect(nudge).toHaveBeenCalledOnce();
  expect(giveUp).not.toHaveBeenCalled();
});
