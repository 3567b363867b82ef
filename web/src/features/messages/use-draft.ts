import { useDebounceFn } from '@vueuse/core';
import { onScopeDispose, ref, watch } from 'vue';
import { onLogout } from '../../api/logout.ts';
import { ownerKey, readTexts, keepText } from './own-storage.ts';

/** What is being written in an appointment, kept over reloads, and over sessions that expire or are ended from elsewhere. */
export function useDraft(appointmentId: string) {
  const owner = ownerKey();
  const draft = ref(readTexts('drafts', owner)[appointmentId] ?? '');
  const keepNow = () => {
    if (owner === ownerKey()) keepText('drafts', owner, appointmentId, draft.value);
  };
  const keepSoon = useDebounceFn(keepNow, 300);

  watch(draft, (text) => (text === '' ? keepNow() : void keepSoon()));
  onScopeDispose(keepNow);
  onLogout((by) => by === 'elsewhere' && keepNow());
  return { draft };
}
