import type { RouteLocationNormalized, Router } from 'vue-router';
import { i18n } from '../i18n/i18n.ts';
import { useNotices } from './notices.ts';

const storageKey = 'duet.page-reloaded';
/** Loading afresh once mends a page of a build that was replaced; twice at once would be a circle. */
const againMs = 30_000;

/** A page that cannot be fetched is answered: loaded from the new build, or said plainly, with the old page left as it is. */
export function answerLostPages(router: Router): void {
  router.onError((error: unknown, to: RouteLocationNormalized, from: RouteLocationNormalized) => {
    const { t } = i18n.global;
    if (mayReload(from)) {
      sessionStorage.setItem(storageKey, String(Date.now()));
      location.assign(to.fullPath);
      return;
    }
    useNotices().tell({ title: t('shell.lostPage.title'), description: t('shell.lostPage.way'), tone: 'error' });
    reportError(error);
  });
}

/** Never out of a call, and not without a network. */
function mayReload(from: RouteLocationNormalized): boolean {
  const before = Number(sessionStorage.getItem(storageKey) ?? 0);
  return navigator.onLine && !from.meta.immersive && Date.now() - before > againMs;
}
