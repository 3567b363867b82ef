import { describe, expect, it } from 'vitest';
import { checkRange } from './doctors.rules.ts';

const from = new Date('2026-03-01T00:00:00.000Z');
const after = (ms: number): { from: Date; to: Date } => ({ from, to: new Date(from.getTime() + ms) });
const LONGEST_MS = 31 * 24 * 3_600_000;

describe('the range of busy times', () => {
  it('may be 31 days long and no longer', () => {
    expect(() => checkRange(after(LONGEST_MS))).not.toThrow();
    expect(() => checkRange(after(LONGEST_MS + 1))).toThrow(expect.objectContaining({ code: 'range-too-long' }));
  });

  it('ends after it begins', () => {
    expect(() => checkRange(after(0))).toThrow(expect.objectContaining({ code: 'invalid-range' }));
    expect(() => checkRange(after(-LONGEST_MS * 2))).toThrow(expect.objectContaining({ code: 'invalid-range' }));
  });
});
