import { describe, expect, test } from 'vitest';
import { decidingEventOf, revokes, startOf } from './events.rules.ts';

const now = new Date('2027-03-02T10:00:00.000Z');
const kept = new Date('2027-03-01T10:00:00.001Z');
const old = new Date('2027-03-01T10:00:00.000Z');

function start(lastEventId: string | undefined, newestId: number, toldAt: Date | undefined) {
  return startOf(lastEventId, { newestId, toldAt, sessionEndsAt: now }, now);
}

describe('startOf', () => {
  test.each([
    ['live without an id', undefined, 42, undefined, 42, false],
    ['after a kept id', '40', 42, kept, 40, false],
    ['live after the newest id, however old', '42', 42, old, 42, false],
    ['at the beginning while event 1 is kept', '0', 42, kept, 0, false],
    ['at the beginning before the first event', '0', 0, undefined, 0, false],
    ['with a reset when event 1 is no longer kept', '0', 42, old, 42, true],
    ['with a reset after an id of exactly 24 hours ago', '40', 42, old, 42, true],
    ['with a reset after a deleted id', '40', 42, undefined, 42, true],
    ['with a reset after an id to come', '43', 42, undefined, 42, true],
    ['with a reset after a number in another spelling', '040', 42, kept, 42, true],
    ['with a reset after what is no number', 'x', 42, kept, 42, true],
    ['with a reset after an empty id', '', 42, kept, 42, true],
  ])('begins %s', (_, lastEventId, newestId, toldAt, afterId, isReset) => {
    expect(start(lastEventId, newestId, toldAt)).toEqual({ afterId, isReset });
  });
});

test('the event that must be kept is the one named, and the first one for 0', () => {
  expect(['7', '0', 'x', undefined].map(decidingEventOf)).toEqual([7, 1, 1, 1]);
});

test('a stream ends by its own session only', () => {
  const event = { type: 'session.revoked', data: '{"sessionIds":["a","b"]}' };
  expect(['a', 'b', 'c'].map((id) => revokes(event, id))).toEqual([true, true, false]);
  expect(revokes({ ...event, type: 'message.created' }, 'a')).toBe(false);
});
