import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { call, useApi } from '../../api/client.ts';
import { loadBesideEvents, onEvent } from '../../api/events.ts';
import { ApiProblem } from '../../api/problem.ts';
import { useSession } from '../../api/session.ts';
import { ownerKey } from './own-storage.ts';

/** Unread messages by appointment. What arrives is counted at once; the backend's count follows. */
export const useUnread = defineStore('unread', () => {
  const session = useSession();
  const counts = ref<Record<string, number>>({});
  let changes = 0;

  const total = computed(() => Object.values(counts.value).reduce((sum, count) => sum + count, 0));
  const countOf = (appointmentId: string) => counts.value[appointmentId] ?? 0;

  /** An answer that a change overtook is asked for again. */
  async function reload(): Promise<void> {
    const owner = ownerKey();
    if (!owner) return;
    const before = changes;
    try {
      const { items } = await call(useApi().client.GET('/v1/unread-messages'));
      if (owner !== ownerKey()) return;
      if (before !== changes) return await reload();
      counts.value = Object.fromEntries(items.map(({ appointmentId, count }) => [appointmentId, count]));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error; // the badge keeps what it knew; the stream asks again
    }
  }

  function readAll(appointmentId: string): void {
    changes += 1;
    const { [appointmentId]: _, ...others } = counts.value;
    counts.value = others;
  }

  onEvent('message.created', (event) => {
    const { appointmentId, senderId } = event.data.message;
    if (senderId === session.account?.id) return;
    changes += 1;
    counts.value = { ...counts.value, [appointmentId]: countOf(appointmentId) + 1 };
  });
  onEvent('message.read', (event) => {
    if (event.data.accountId !== session.account?.id) return;
    changes += 1;
    void reload();
  });
  loadBesideEvents(() => void reload());
  watch(ownerKey, () => {
    counts.value = {};
    void reload();
  });
  return { counts, total, countOf, reload, readAll };
});
