import { useTitle } from '@vueuse/core';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRoute } from 'vue-router';

/** Names the tab after the page; a page that knows a better name (a person's) sets document.title itself. */
export function useDocumentTitle(): void {
  const route = useRoute();
  const { t } = useI18n();
  useTitle(computed(() => (route.meta.title ? `${t(route.meta.title)} · Duet` : 'Duet')));
}
