import { useColorMode } from '@vueuse/core';
import { computed, type ComputedRef, type Ref } from 'vue';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const options = { storageKey: 'duet.theme', emitAuto: true } as const;

/** Sets the class on the document before anything is shown. */
export function applyTheme(): void {
  useColorMode(options);
}

export function useTheme(): { theme: Ref<Theme>; isDark: ComputedRef<boolean> } {
  const mode = useColorMode(options);
  return { theme: mode as unknown as Ref<Theme>, isDark: computed(() => mode.state.value === 'dark') };
}
