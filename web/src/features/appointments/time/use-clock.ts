import { useIntervalFn } from '@vueuse/core';
import { readonly, ref } from 'vue';

/** Now, told again every so often. */
export function useClock(everyMilliseconds = 1000) {
  const now = ref(Date.now());
  useIntervalFn(() => (now.value = Date.now()), everyMilliseconds);
  return { now: readonly(now) };
}
