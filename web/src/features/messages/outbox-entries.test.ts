import { expect, test } from 'vitest';
import {
  afterSending,
  entriesIn,
  nextToSend,
  requeued,
  retryWait,
  withoutArrived,
  type OutboxEntry,
} from './outbox-entries.ts';

const entry = (clientId: string, state: OutboxEntry['state'] = 'queued'): OutboxEntry => ({
  clientId,
  appointmentId: 'appointment',
  body: `text of ${clientId}`,
  writtenAt: 1,
  state,
  code: null,
});

test('messages leave in the order they were written', () => {
  const entries = [entry('a', 'delivered'), entry('b', 'refused'), entry('c'), entry('d')];
  expect(nextToSend(entries)?.clientId).toBe('c');
  expect(nextToSend(afterSending(entries, 'c', { kind: 'again' }))?.clientId).toBe('c');
  expect(nextToSend(afterSending(entries, 'c', { kind: 'delivered' }))?.clientId).toBe('d');
});

test('a refused message keeps its text and the reason', () => {
  const [refused] = afterSending([entry('a')], 'a', { kind: 'refused', code: 'appointment-cancelled' });
  expect(refused).toMatchObject({ state: 'refused', code: 'appointment-cancelled', body: 'text of a' });
  expect(requeued([refused ?? entry('x')], 'a')).toEqual([entry('a')]);
});

test('what arrived leaves the outbox, even when its answer was lost', () => {
  const entries = [entry('a'), entry('b', 'delivered'), entry('c')];
  expect(withoutArrived(entries, [{ clientId: 'a' }, { clientId: 'b' }])).toEqual([entry('c')]);
  expect(withoutArrived(entries, [{ clientId: 'z' }])).toBe(entries);
});

test('the wait grows to half a minute and no further', () => {
  expect([0, 1, 2, 3, 4, 5, 50].map(retryWait)).toEqual([0, 1000, 2000, 5000, 10_000, 30_000, 30_000]);
});

test('what cannot be an entry is passed over', () => {
  expect(entriesIn([entry('a'), { clientId: 1 }, null])).toEqual([entry('a')]);
  expect([entriesIn(undefined), entriesIn({ a: 1 })]).toEqual([[], []]);
});
