import { describe, expect, test } from 'vitest';
import { expiryOf, hashOfEmail, judgeAttempt } from './sessions.rules.ts';

const now = new Date('2027-03-01T10:00:00.000Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const failures = (count: number) => Array.from({ length: count }, (_, index) => ago(index));

describe('judgeAttempt', () => {
  test('opens while failures and those at hand are fewer than ten', () => {
    expect(judgeAttempt({ failedAt: failures(9), pending: 0 }, now)).toBe('open');
    expect(judgeAttempt({ failedAt: failures(4), pending: 5 }, now)).toBe('open');
  });

  test('waits while those at hand could use up what is left', () => {
    expect(judgeAttempt({ failedAt: failures(4), pending: 6 }, now)).toBe('wait');
    expect(judgeAttempt({ failedAt: [], pending: 10 }, now)).toBe('wait');
  });

  test('refuses after ten failures until the oldest of the ten leaves', () => {
    const attempts = { failedAt: failures(10), pending: 0 };
    expect(() => judgeAttempt(attempts, now)).toThrow(
      expect.objectContaining({ code: 'too-many-attempts', retryAfterSeconds: 15 * 60 - 9 }),
    );
  });
});

test('a session lasts 12 hours', () => {
  expect(expiryOf(now).toISOString()).toBe('2027-03-01T22:00:00.000Z');
});

test('attempts are counted by the trimmed and lower-cased email', () => {
  expect(hashOfEmail(' ADA@Example.org\t')).toEqual(hashOfEmail('ada@example.org'));
});
