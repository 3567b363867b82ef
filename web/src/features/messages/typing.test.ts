import { expect, test } from 'vitest';
import { isSignDue, typingLeft } from './typing.ts';

const now = Date.parse('2026-11-26T10:00:00.000Z');

test('a sign fades ten seconds after it was made', () => {
  expect(typingLeft('2026-11-26T10:00:00.000Z', now)).toBe(10_000);
  expect(typingLeft('2026-11-26T09:59:53.000Z', now)).toBe(3000);
  expect(typingLeft('2026-11-26T09:59:50.000Z', now)).toBe(0);
  expect(typingLeft('2026-11-26T09:00:00.000Z', now)).toBe(0);
  expect(typingLeft('2026-11-26T10:00:04.000Z', now)).toBe(10_000);
});

test('signs are sent every four seconds at most', () => {
  expect(isSignDue(null, now)).toBe(true);
  expect(isSignDue(now - 3999, now)).toBe(false);
  expect(isSignDue(now - 4000, now)).toBe(true);
});
