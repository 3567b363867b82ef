import { useDocumentVisibility, useOnline } from '@vueuse/core';
import { watch } from 'vue';
import { useBackends } from '../../api/backends.ts';

const pausesMs = { 'while looked at': 5000, 'now and then': 60_000 } as const;

/** Asks every backend how it is, while the page is visible and the scope lives. */
export function useHealthChecks(pace: keyof typeof pausesMs): void {
  const backends = useBackends();
  const visibility = useDocumentVisibility();
  const isOnline = useOnline();
  watch(
    [visibility, isOnline, () => backends.backends.length],
    ([visible], _before, onCleanup) => {
      if (visible !== 'visible') return;
      void backends.checkAll();
      const timer = setInterval(() => void backends.checkAll(), pausesMs[pace]);
      onCleanup(() => clearInterval(timer));
    },
    { immediate: true },
  );
}
