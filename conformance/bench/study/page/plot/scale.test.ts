import { describe, expect, test } from 'vitest';
import { betweenScale, linearScale, logScale, stepScale } from './scale.ts';

describe('a scale', () => {
  test('that is logarithmic makes equal ratios equally long', () => {
    const { at, ticks } = logScale([1, 100], 0);
    expect([at(1), at(10), at(100)].map((share) => share.toFixed(6))).toEqual(['0.000000', '0.500000', '1.000000']);
    expect(ticks).toEqual([1, 3, 10, 30, 100]);
  });

  test('of ratios near 1 has a tick at 1', () => {
    expect(logScale([0.8, 1.1]).ticks).toEqual([0.8, 0.9, 1, 1.1]);
  });

  test('that is linear begins at 0', () => {
    const { at, ticks } = linearScale([200], 0);
    expect([at(0), at(100), at(200)]).toEqual([0, 0.5, 1]);
    expect(ticks).toEqual([0, 50, 100, 150, 200]);
  });

  test('of given values has a tick at each', () => {
    expect(betweenScale([0.9, 0.5, 0.9]).ticks).toEqual([0.5, 0.9]);
    const steps = stepScale([64, 1, 4]);
    expect([steps.at(1), steps.at(4), steps.at(64)]).toEqual([0, 0.5, 1]);
  });

  test('without values is a scale all the same', () => {
    expect(Number.isFinite(logScale([]).at(1))).toBe(true);
    expect(linearScale([]).at(0)).toBe(0);
    expect(stepScale([]).ticks).toEqual([]);
  });
});
