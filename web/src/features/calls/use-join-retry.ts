import { onScopeDispose, watch, type ShallowRef } from 'vue';
import type { CallFlow } from './call-flow.ts';

/** Browsers take a longer delay for none at all. */
const longestTimeout = 2 ** 31 - 1;

/** Tries again by itself when an obstacle's time has come, and at once when the device is online again. */
export function useJoinRetry(flow: Readonly<ShallowRef<CallFlow>>, retry: () => Promise<void>): void {
  let stop: () => void = () => undefined;

  watch(flow, (now) => {
    stop();
    if (now.phase !== 'joining' || now.obstacle === null || !('retryAt' in now.obstacle)) return;
    const delay = Math.min(Math.max(0, now.obstacle.retryAt - Date.now()), longestTimeout);
    const timer = setTimeout(() => void retry(), delay);
    const online = () => void retry();
    window.addEventListener('online', online);
    stop = () => {
      clearTimeout(timer);
      window.removeEventListener('online', online);
    };
  });

  onScopeDispose(() => stop());
}
