import { expect, test } from 'vitest';
import { windowBefore } from './past-windows.ts';

const at = (date: string) => Date.parse(`${date}T00:00:00Z`);
const days = (from: number, to: number) => (to - from) / 86_400_000;

test('windows touch, grow while nothing is found, and end', () => {
  const first = windowBefore(at('2026-11-27'), at('2026-01-01'), 0);
  expect(first && days(first.from, first.to)).toBe(30);
  const second = first && windowBefore(first.from, at('2026-01-01'), 2);
  expect(second && [second.to, days(second.from, second.to)]).toEqual([first?.from, 120]);
  const last = second && windowBefore(second.from, at('2026-01-01'), 4);
  expect(last?.from).toBe(at('2026-01-01'));
  expect(windowBefore(at('2026-01-01'), at('2026-01-01'), 0)).toBeNull();
});
