import { useDocumentVisibility, useOnline } from '@vueuse/core';
import { watch } from 'vue';
import { useBackends } from '../../api/backends.ts';

const pausesMs = { 'while looked at': 5000, 'now and then': 60_000 } as const;
/** A mark in the header can wait for what the page itself asks for: a browser has six connections. */
const beginsAfterMs = { 'while looked at': 0, 'now and then': 2000 } as const;

/** Asks every backend how it is, while the page is visible and the scope lives. */
export function useHealthChecks(pace: keyof typeof pausesMs): void {
  const backends = useBackends();
  const visibility = useDocumentVisibility();
  const isOnline = useOnline();
  watch(
    [visibility, isOnline, () => backends.backends.length],
    ([visible], _before, onCleanup) => {
      if (visible !== 'visible') return;
      const check = () => void backends.checkAll();
      const first = setTimeout(check, beginsAfterMs[pace]);
      const timer = setInterval(check, pausesMs[pace]);
      onCleanup(() => {
        clearTimeout(first);
        clearInterval(timer);
      });
    },
    { immediate: true },
  );
}
