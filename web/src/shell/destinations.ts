import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useSession } from '../api/session.ts';
import { useUnread } from '../features/messages/unread.ts';

export type Destination = { name: string; label: string; icon: string; badge: number };

/** The places of the navigation: the same on a phone and a laptop. */
export function useDestinations(): ComputedRef<Destination[]> {
  const { t } = useI18n();
  const session = useSession();
  const unread = useUnread();
  return computed(() => {
    const appointments = place('appointments', 'i-lucide-calendar-days', unread.total);
    const doctors = place('doctors', 'i-lucide-stethoscope');
    const profile = place('profile', 'i-lucide-circle-user-round');
    return session.account?.role === 'doctor' ? [appointments, profile] : [appointments, doctors, profile];
  });

  function place(name: string, icon: string, badge = 0): Destination {
    return { name, icon, badge, label: t(`shell.places.${name}`) };
  }
}
