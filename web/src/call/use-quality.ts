import { useIntervalFn } from '@vueuse/core';
import type { Quality } from './call-session.ts';
import { qualityOf, type Reception } from './quality.ts';

const everyMs = 2000;

/** Reads the reception every two seconds while there is one, and tells what it is worth. */
export function useQuality(read: () => Promise<Reception | null>, tell: (quality: Quality) => void): { stop(): void } {
  let before: Reception | null = null;
  const { pause } = useIntervalFn(async () => {
    const now = await read();
    tell(now ? qualityOf(before, now) : 'unknown');
    before = now;
  }, everyMs);
  return { stop: pause };
}
