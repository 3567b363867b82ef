import { ref, watch, type Ref } from 'vue';
import { useSession } from '../../api/session.ts';
import type { Thread } from './thread.ts';
import { useUnread } from './unread.ts';

/** The message at which one stopped reading, found once when the messages are first there. */
export function useFirstUnread(appointmentId: string, ready: () => Thread | null): Ref<string | null> {
  const session = useSession();
  const first = ref<string | null>(null);
  const count = useUnread().countOf(appointmentId);

  const stop = watch(
    ready,
    (thread) => {
      if (!thread) return;
      const theirs = thread.items.filter((message) => message.senderId !== session.account?.id);
      first.value = count > 0 ? (theirs.at(-count)?.id ?? null) : null;
      queueMicrotask(() => stop());
    },
    { immediate: true },
  );
  return first;
}
