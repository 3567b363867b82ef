import { expect, it } from 'vitest';
import { observeEvent, unknownServerClock } from './server-clock.ts';

const at = '2026-03-02T09:00:00.000Z';
const instant = Date.parse(at);

it('believes an event that our own request caused', () => {
  expect(observeEvent(unknownServerClock, { at, receivedAt: instant + 90_000, isFresh: true })).toEqual({
    offset: -90_000,
  });
});

it('believes no old event, unless it comes from the future', () => {
  expect(observeEvent(unknownServerClock, { at, receivedAt: instant + 90_000, isFresh: false })).toEqual({ offset: 0 });
  expect(observeEvent(unknownServerClock, { at, receivedAt: instant - 4_000, isFresh: false })).toEqual({
    offset: 4_000,
  });
});
