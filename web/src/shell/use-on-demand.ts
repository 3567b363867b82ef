import { defineAsyncComponent, ref, type Component, type Ref } from 'vue';
import { i18n } from '../i18n/i18n.ts';
import { useNotices } from './notices.ts';

type Module = { default: Component };

/**
 * A part of the header that is loaded when somebody reaches for it, so that no page waits for it. `prepare` loads it,
 * `show` puts it in the place of its button, open.
 */
export function useOnDemand(load: () => Promise<Module>): {
  isShown: Ref<boolean>;
  OnDemand: Component;
  prepare(): void;
  show(): Promise<void>;
} {
  let loaded: Promise<Module> | undefined;
  const isShown = ref(false);
  const OnDemand = defineAsyncComponent(() => (loaded ??= load()));
  function prepare(): void {
    loaded ??= load();
    loaded.catch(() => (loaded = undefined)); // Offline: the next attempt loads it.
  }
  async function show(): Promise<void> {
    prepare();
    try {
      await loaded;
      isShown.value = true;
    } catch {
      const { t } = i18n.global;
      useNotices().tell({ title: t('shell.lostPart'), description: t('shell.lostPage.way'), tone: 'error' });
    }
  }
  return { isShown, OnDemand, prepare, show };
}
