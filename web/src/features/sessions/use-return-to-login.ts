import { watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useBackends } from '../../api/backends.ts';
import { useSession } from '../../api/session.ts';

/** When the session ends, here or elsewhere, a page that needs one gives way to the login. */
export function useReturnToLogin(): void {
  const session = useSession();
  const backends = useBackends();
  const route = useRoute();
  const router = useRouter();
  watch(
    () => [session.state, backends.current.id] as const,
    ([state, backendId], [, backendBefore]) => {
      if (state !== 'none' || route.meta.open || route.name === undefined) return;
      const isSwitched = backendId !== backendBefore;
      const next = session.endedElsewhere && !isSwitched ? { next: route.fullPath } : {};
      void router.replace({ name: 'login', query: next });
    },
    { flush: 'sync' },
  );
}
