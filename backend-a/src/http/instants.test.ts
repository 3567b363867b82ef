import { describe, expect, test } from 'vitest';
import { isInstant, toInstant } from './instants.ts';

describe('isInstant', () => {
  test.each([
    '2026-03-02T10:30:00Z',
    '2026-03-02T10:30:00.123456789+14:00',
    '2024-02-29T23:59:59-00:00',
    '0000-02-29T00:00:00Z',
    '9999-12-31T23:59:59.999Z',
  ])('accepts %s', (text) => expect(isInstant(text)).toBe(true));

  test.each([
    '2026-02-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01T00:00:60Z',
    '2026-01-01T00:00:00',
    '2026-01-01t00:00:00Z',
    '2026-01-01T00:00:00z',
    '2026-01-01 00:00:00Z',
    '2026-01-01T00:00:00+00',
    '2026-01-01T00:00:00+24:00',
    '2026-01-01T00:00:00.Z',
    '2026-01-01T00:00:00.1234567890Z',
    ' 2026-01-01T00:00:00Z',
  ])('refuses %s', (text) => expect(isInstant(text)).toBe(false));
});

test('toInstant truncates to milliseconds, before the epoch too', () => {
  expect(toInstant('2027-03-01T10:00:00.1239+02:00').toISOString()).toBe('2027-03-01T08:00:00.123Z');
  expect(toInstant('1960-01-01T00:00:00.9999999Z').toISOString()).toBe('1960-01-01T00:00:00.999Z');
  expect(toInstant('2027-03-01T10:00:00.1Z').toISOString()).toBe('2027-03-01T10:00:00.100Z');
});
