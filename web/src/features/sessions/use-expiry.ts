import { useEventListener } from '@vueuse/core';
import { watchEffect } from 'vue';
import { useBackends } from '../../api/backends.ts';
import { useSession } from '../../api/session.ts';

/** The longest delay that a timer takes. */
const longestMs = 2 ** 31 - 1;

/** Asks for the password as soon as the session is over, before a request is lost to it. */
export function useExpiry(): void {
  const session = useSession();
  const backends = useBackends();

  function check(): void {
    const { record } = session;
    if (record && session.state === 'active' && Date.parse(record.expiresAt) <= Date.now())
      void session.renew(backends.current.id, record.token);
  }

  watchEffect((onCleanup) => {
    const { record } = session;
    if (!record) return;
    const timer = setTimeout(check, Math.min(Math.max(Date.parse(record.expiresAt) - Date.now(), 0), longestMs));
    onCleanup(() => clearTimeout(timer));
  });
  // A device that slept has missed its timers.
  useEventListener(document, 'visibilitychange', check);
}
