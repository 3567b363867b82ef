import { describe, expect, it } from 'vitest';
import { createInProcess } from '../in-process.ts';
import { lieOf } from '../lie-of.ts';
import { findMisfits } from './find-misfits.ts';
import { ordersOf } from './orders.ts';

const beginning = Date.parse('2027-03-01T08:00:00Z');

function options(rounds: number) {
  let marks = 0;
  return { seed: 1, rounds, most: 9, hasClock: true, mark: () => `mark${(marks += 1)}`, now: () => beginning };
}

it('knows all orders', () => {
  expect(ordersOf(3).map(String).sort()).toEqual(['0,1,2', '0,2,1', '1,0,2', '1,2,0', '2,0,1', '2,1,0']);
  expect(ordersOf(5)).toHaveLength(120);
});

describe('simultaneous commands', { timeout: 30_000 }, () => {
  it('of a good server fit some order', async () => {
    expect(await findMisfits(createInProcess('a', undefined), options(12))).toEqual([]);
  });

  it.each([
    ['appointments/one-winner check-then-write', 'bookings'],
    ['appointments/cancel-or-join both', 'cancel or join'],
    ['appointments/idempotency-key simultaneous-repeats', 'one idempotency key'],
    ['calls/one-room room-of-ones-own', 'first joins'],
    ['sessions/attempt-limit check-then-count', 'last password attempts'],
  ])('fit none where a server looks before it writes: %s', async (key, kind) => {
    const found = await findMisfits(createInProcess('a', lieOf(key)), { ...options(12), kind, most: 1 });
    expect(found.map(({ misfit }) => misfit.round.kind)).toEqual([kind]);
  });
});
