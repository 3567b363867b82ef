import type { Router } from 'vue-router';

/**
 * Fetches the page that was asked for while the app gets ready: the router asks for it only when all else is there. Who
 * is not logged in is sent to another page than most.
 */
export function fetchFirstPage(router: Router, path: string, { isLoggedIn }: { isLoggedIn: boolean }): void {
  const { meta, matched } = router.resolve(path);
  if (!isLoggedIn && !meta.open) return;
  for (const page of matched.flatMap(({ components }) => Object.values(components ?? {})))
    if (isLazy(page)) page().catch(() => undefined); // The router asks again, and answers for it.
}

/** Every page here is a component in a file of its own, none a function. */
function isLazy(page: unknown): page is () => Promise<unknown> {
  return typeof page === 'function';
}
