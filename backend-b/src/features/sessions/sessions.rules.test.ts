import { describe, expect, it } from 'vitest';
import { checkFailures, emailHash, expiryOf, newToken } from './sessions.rules.ts';

const now = new Date('2026-03-02T10:00:00.000Z');
const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);

describe('sessions', () => {
  it('have tokens of 256 random bits', () => {
    expect(newToken()).toMatch(/^[\w-]{43}$/);
    expect(newToken()).not.toBe(newToken());
  });

  it('end after 12 hours', () => {
    expect(expiryOf(now).toISOString()).toBe('2026-03-02T22:00:00.000Z');
  });

  it('count attempts by the email without regard to case', () => {
    expect(emailHash(' A@B ')).toEqual(emailHash('a@b'));
  });

  it('are refused after ten failures until the oldest leaves', () => {
    const failures = Array.from({ length: 10 }, (_, index) => ago(600 - index));
    expect(() => checkFailures(failures.slice(1), now)).not.toThrow();
    expect(() => checkFailures(failures, now)).toThrow(
      expect.objectContaining({ code: 'too-many-attempts', facts: { retryAfterSeconds: 300 } }),
    );
  });
});
