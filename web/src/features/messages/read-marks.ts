import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import { onEvent } from '../../api/events.ts';
import { useSession } from '../../api/session.ts';
import { ownerKey, readTexts, keepText } from './own-storage.ts';

/** How far the others have read. Only events tell it, so what they told is kept. */
export const useReadMarks = defineStore('read-marks', () => {
  const session = useSession();
  const marks = ref<Record<string, string>>({});

  onEvent('message.read', (event) => {
    if (event.data.accountId === session.account?.id) return;
    const { appointmentId, upTo } = event.data;
    marks.value = { ...marks.value, [appointmentId]: upTo };
    keepText('marks', ownerKey(), appointmentId, upTo);
  });
  watch(ownerKey, (owner) => (marks.value = readTexts('marks', owner)), { immediate: true });

  return { marks };
});
