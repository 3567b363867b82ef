import { watch } from 'vue';
import { useOutbox } from './outbox.ts';

/** An event that has not come by then is not waited for. */
const eventDue = 3000;

/** Calls when a message was delivered and no event has told its place. */
export function useOverdue(appointmentId: string, onOverdue: () => void): void {
  const outbox = useOutbox();
  const isDelivered = () =>
    outbox.entries.some((entry) => entry.appointmentId === appointmentId && entry.state === 'delivered');

  watch(
    isDelivered,
    (is, _before, onCleanup) => {
      if (!is) return;
      const timer = setTimeout(onOverdue, eventDue);
      onCleanup(() => clearTimeout(timer));
    },
    { immediate: true },
  );
}
