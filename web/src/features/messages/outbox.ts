import { useEventListener } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { call, useApi } from '../../api/client.ts';
import { onEvent, useEventStream } from '../../api/events.ts';
import { ApiProblem } from '../../api/problem.ts';
import { entriesIn, requeued, without, withoutArrived, type OutboxEntry, type SendOutcome } from './outbox-entries.ts';
import { createSender } from './outbox-sender.ts';
import { isKeptAt, keep, ownerKey, readKept } from './own-storage.ts';

/** A refusal is the backend's last word; whatever else went wrong may go right the next time. */
function outcomeOf(error: unknown): SendOutcome {
  if (!(error instanceof ApiProblem)) throw error;
  const { code, status } = error;
  if (code === 'offline' || status >= 500 || [401, 408, 429].includes(status)) return { kind: 'again' };
  return { kind: 'refused', code };
}

async function attempt({ appointmentId, clientId, body }: OutboxEntry): Promise<SendOutcome> {
  try {
    const options = { params: { path: { appointmentId } }, body: { clientId, body } };
    await call(useApi().client.POST('/v1/appointments/{appointmentId}/messages', options));
    return { kind: 'delivered' };
  } catch (error) {
    return outcomeOf(error);
  }
}

/** Messages that wait to be sent, kept until the backend has each in its order. */
export const useOutbox = defineStore('outbox', () => {
  const stream = useEventStream();
  const owner = computed(ownerKey);
  const entries = ref<OutboxEntry[]>([]);
  const read = () => entriesIn(readKept('outbox', owner.value));
  const sender = createSender({ owner, read, update, attempt });

  function update(change: (kept: OutboxEntry[]) => OutboxEntry[]): void {
    const changed = change(read());
    keep('outbox', owner.value, changed.length ? changed : undefined);
    entries.value = changed;
  }

  function send(appointmentId: string, body: string): void {
    const entry = { clientId: crypto.randomUUID(), appointmentId, body, writtenAt: Date.now() };
    update((kept) => [...kept, { ...entry, state: 'queued', code: null }]);
    sender.flush();
  }

  function retry(clientId: string): void {
    update((kept) => requeued(kept, clientId));
    sender.flush();
  }

  const discard = (clientId: string) => update((kept) => without(kept, clientId));

  function arrived(messages: { clientId: string }[]): void {
    if (withoutArrived(entries.value, messages) !== entries.value) update((kept) => withoutArrived(kept, messages));
  }

  function takeUp(): void {
    entries.value = read();
    sender.flush();
  }

  watch(owner, takeUp, { immediate: true });
  watch(stream.state, (state) => state === 'live' && sender.flush());
  onEvent('message.created', (event) => arrived([event.data.message]));
  useEventListener(window, 'online', sender.flush);
  useEventListener(window, 'storage', (event: StorageEvent) => {
    if (isKeptAt(event.key, 'outbox', owner.value)) entries.value = read();
  });
  return { entries, isFailing: sender.isFailing, send, retry, discard, arrived };
});
