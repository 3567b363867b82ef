import en from '@nuxt/ui/runtime/locale/en.js';
import { shallowRef, watch, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';

/** The component library's own words (close, next, …) in the reader's language. */
export function useComponentLocale(): ShallowRef<typeof en> {
  const { locale } = useI18n({ useScope: 'global' });
  const chosen = shallowRef(en);
  watch(
    locale,
    async (language) => {
      chosen.value = language.startsWith('de') ? (await import('@nuxt/ui/runtime/locale/de.js')).default : en;
    },
    { immediate: true },
  );
  return chosen;
}
