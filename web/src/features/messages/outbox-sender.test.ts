import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { effectScope, ref } from 'vue';
import type { OutboxEntry, SendOutcome } from './outbox-entries.ts';
import { createSender } from './outbox-sender.ts';

const entry = (clientId: string): OutboxEntry => ({
  clientId,
  appointmentId: 'appointment',
  body: clientId,
  writtenAt: 1,
  state: 'queued',
  code: null,
});

function aSender(clientIds: string[], attempt: (entry: OutboxEntry) => Promise<SendOutcome>) {
  let kept = clientIds.map(entry);
  const owner = ref<string | null>('a.ann');
  const sender = effectScope().run(() =>
    createSender({ owner, attempt, read: () => kept, update: (change) => (kept = change(kept)) }),
  );
  if (!sender) throw new Error('no scope');
  return { owner, sender, states: () => kept.map(({ clientId, state }) => `${clientId} ${state}`).join(', ') };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('what waits is sent one after the other, and a refusal does not hold up the rest', async () => {
  const sent: string[] = [];
  const { sender, states } = aSender(['a', 'b', 'c'], async ({ clientId }) => {
    sent.push(clientId);
    return clientId === 'b' ? { kind: 'refused', code: 'appointment-cancelled' } : { kind: 'delivered' };
  });
  sender.flush();
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toEqual(['a', 'b', 'c']);
  expect(states()).toBe('a delivered, b refused, c delivered');
});

test('after a failure the same message goes first again, under the same clientId', async () => {
  const sent: string[] = [];
  let isAway = true;
  const { sender, states } = aSender(['a', 'b'], async ({ clientId }) => {
    sent.push(clientId);
    return isAway ? { kind: 'again' } : { kind: 'delivered' };
  });
  sender.flush();
  await vi.advanceTimersByTimeAsync(3500);
  expect(sent).toEqual(['a', 'a', 'a']);
  expect(sender.isFailing.value).toBe(true);
  isAway = false;
  await vi.advanceTimersByTimeAsync(5000);
  expect(states()).toBe('a delivered, b delivered');
  expect(sender.isFailing.value).toBe(false);
});

test('nothing is sent for somebody else who logged in meanwhile', async () => {
  const sent: string[] = [];
  const { sender, owner } = aSender(['a', 'b'], async ({ clientId }) => {
    sent.push(clientId);
    owner.value = 'a.bob';
    return { kind: 'delivered' };
  });
  sender.flush();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toEqual(['a']);
});
