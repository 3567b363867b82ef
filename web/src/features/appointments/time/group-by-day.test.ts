import { expect, test } from 'vitest';
import { groupByDay } from './group-by-day.ts';

const instants = ['2026-11-26T17:00:00Z', '2026-11-26T18:29:59Z', '2026-11-26T18:30:00Z', '2026-11-27T10:00:00Z'];

test('the zone decides where a day ends', () => {
  const days = (zone: string) => groupByDay(instants, zone, Date.parse).map(({ date, items }) => [date, items.length]);
  expect(days('Asia/Kolkata')).toEqual([
    ['2026-11-26', 2],
    ['2026-11-27', 2],
  ]);
  expect(days('UTC')).toEqual([
    ['2026-11-26', 3],
    ['2026-11-27', 1],
  ]);
});

test('nothing gives no days', () => {
  expect(groupByDay([], 'UTC', Date.parse)).toEqual([]);
});
