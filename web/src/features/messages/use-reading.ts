import { useDocumentVisibility, useWindowFocus } from '@vueuse/core';
import { computed, watch, type Ref } from 'vue';
import { call, useApi } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { useSession } from '../../api/session.ts';
import { newestOf, type Thread } from './thread.ts';
import { useUnread } from './unread.ts';

/** Marks as read what a person can be looking at: the end of the list, in a page that is in front. */
export function useReading(appointmentId: string, thread: Ref<Thread>, isAtEnd: Ref<boolean>) {
  const session = useSession();
  const unread = useUnread();
  const { client } = useApi();
  const visibility = useDocumentVisibility();
  const hasFocus = useWindowFocus();
  const isReading = computed(() => isAtEnd.value && visibility.value === 'visible' && hasFocus.value);
  const newest = computed(() => newestOf(thread.value, (message) => message.senderId !== session.account?.id));
  let marked: string | null = null;

  async function mark(upTo: string): Promise<void> {
    marked = upTo;
    unread.readAll(appointmentId);
    try {
      const params = { path: { appointmentId } };
      await call(client.PUT('/v1/appointments/{appointmentId}/messages/read', { params, body: { upTo } }));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      marked = null;
      void unread.reload();
    }
  }

  watch(
    [isReading, () => newest.value?.id, () => unread.countOf(appointmentId)],
    ([reading, id, count]) => {
      if (reading && id && id !== marked && count > 0) void mark(id);
    },
    { immediate: true },
  );
  return { isReading };
}
