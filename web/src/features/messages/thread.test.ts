import { expect, test } from 'vitest';
import {
  emptyThread,
  furtherMark,
  isReadUpTo,
  newestOf,
  withCreated,
  withMissed,
  withNewest,
  withOlder,
  type Message,
  type Thread,
} from './thread.ts';

const message = (id: string, senderId = 'ann'): Message => ({
  id,
  appointmentId: 'appointment',
  clientId: `client-${id}`,
  senderId,
  body: id,
  sentAt: '2026-11-26T10:00:00.000Z',
});
const page = (ids: string, hasMore = false) => ({ items: ids.split('').map((id) => message(id)), hasMore });
const order = (thread: Thread) => thread.items.map((item) => item.id).join('');

test('what an event brought during loading follows the page, once', () => {
  const early = withCreated(withCreated(emptyThread, message('c')), message('d'));
  const thread = withNewest(early, page('abc', true));
  expect(order(thread)).toBe('abcd');
  expect(thread).toMatchObject({ hasOlder: true, anchorId: 'c' });
});

test('an event that is told twice changes nothing', () => {
  const thread = withCreated(withNewest(emptyThread, page('ab')), message('c'));
  expect(withCreated(thread, message('c'))).toBe(thread);
  expect(order(withCreated(thread, message('a')))).toBe('abc');
});

test('older pages go before, without doubles', () => {
  const thread = withOlder(withNewest(emptyThread, page('cd', true)), page('abc'));
  expect(order(thread)).toBe('abcd');
  expect(thread.hasOlder).toBe(false);
});

test('what was missed goes before what came over the gap', () => {
  const thread = withCreated(withNewest(emptyThread, page('ab')), message('f'));
  const first = withMissed(thread, page('cd', true));
  expect(order(first)).toBe('abcdf');
  expect(first.anchorId).toBe('d');
  const second = withMissed(first, page('ef'));
  expect(order(second)).toBe('abcdef');
  expect(second.anchorId).toBe('f');
});

test('catching up puts events in the order of the list', () => {
  const thread = withCreated(withCreated(withNewest(emptyThread, page('a')), message('d')), message('c'));
  expect(order(withMissed(thread, page('bcd')))).toBe('abcd');
});

test('catching up in an empty thread takes the page', () => {
  expect(order(withMissed(withCreated(emptyThread, message('b')), page('ab')))).toBe('ab');
});

test('a read mark counts for all up to it and for none when it is not loaded', () => {
  const thread = withNewest(emptyThread, page('abc'));
  const read = (upTo: string | null) => thread.items.map((item) => isReadUpTo(thread, item, upTo));
  expect(read('b')).toEqual([true, true, false]);
  expect(read('z')).toEqual([false, false, false]);
  expect(read(null)).toEqual([false, false, false]);
});

test('a read mark never moves back', () => {
  const thread = withNewest(emptyThread, page('abc'));
  expect(furtherMark(thread, 'b', 'a')).toBe('b');
  expect(furtherMark(thread, 'b', 'c')).toBe('c');
  expect(furtherMark(thread, null, 'a')).toBe('a');
  expect(furtherMark(thread, 'b', 'later')).toBe('later');
});

test("the newest of the other's is found", () => {
  const thread = { ...emptyThread, items: [message('a', 'bob'), message('b', 'bob'), message('c', 'ann')] };
  expect(newestOf(thread, (item) => item.senderId === 'bob')?.id).toBe('b');
  expect(newestOf(thread, (item) => item.senderId === 'eve')).toBeNull();
});
