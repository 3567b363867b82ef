import { describe, expect, it } from 'vitest';
import { type FailedRequest, forbiddenFailures, percentile, since, Tally } from './tally.ts';

const failure = (endedAt: number, isRefusal = true): FailedRequest => ({
  method: 'GET',
  path: '/v1/me',
  sentAt: endedAt - 1,
  endedAt,
  answer: isRefusal ? '503 service-unavailable' : '502',
  isRefusal,
});

describe('forbiddenFailures', () => {
  it('permits none where nothing may fail', () => {
    const failures = [failure(1000)];
    expect(forbiddenFailures(failures, { disturbedAt: 1000, withinMs: null, refusalsOnly: false })).toEqual(failures);
  });

  it('permits those within the stated time alone', () => {
    const [early, first, last, late] = [failure(999), failure(1000), failure(3000), failure(3001)];
    const bounds = { disturbedAt: 1000, withinMs: 2000, refusalsOnly: false };
    expect(forbiddenFailures([early, first, last, late], bounds)).toEqual([early, late]);
  });

  it('permits no other kind of failure where only refusals may be', () => {
    const other = failure(1500, false);
    expect(
      forbiddenFailures([failure(1500), other], { disturbedAt: 1000, withinMs: 2000, refusalsOnly: true }),
    ).toEqual([other]);
  });

  it('permits none before anything was done', () => {
    const bounds = { disturbedAt: undefined, withinMs: 2000, refusalsOnly: false };
    expect(forbiddenFailures([failure(1)], bounds)).toHaveLength(1);
  });
});

describe('percentile', () => {
  it.each([
    [0.5, 50],
    [0.99, 99],
    [1, 100],
    [0, 1],
  ])('gives %d of 1 to 100 as %d', (share, expected) => {
    const numbers = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(percentile(numbers, share)).toBe(expected);
  });

  it('gives 0 of none', () => {
    expect(percentile([], 0.99)).toBe(0);
  });
});

describe('since', () => {
  it('counts from the last step before', () => {
    const marks = [
      { at: 1000, what: 'SIGTERM to replica 1' },
      { at: 2000, what: 'replica 1 exited' },
    ];
    expect(since(marks, 1250)).toBe('0.25 s after SIGTERM to replica 1');
    expect(since(marks, 2000)).toBe('0.00 s after replica 1 exited');
    expect(since(marks, 1)).toBe('before anything was done');
  });
});

describe('a tally', () => {
  it('keeps the longest gap and counts each resumption', () => {
    const tally = new Tally();
    for (const gap of [5, 30, 10]) tally.resume(gap);
    expect(tally).toMatchObject({ resumed: 3, longestStreamGapMs: 30 });
  });

  it('counts a silence that nothing ends', () => {
    const tally = new Tally();
    tally.close();
    expect(tally.longestSilenceMs).toBeGreaterThan(0);
    expect(tally.latenciesMs).toEqual([]);
  });
});
