import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/seeded-random.ts';
import { bootstrap, mean, quantile, trimmedMean } from './bootstrap.ts';
import { holm } from './holm.ts';
import { spreadOf, verdictOf } from './verdict.ts';

/** Log ratios around a true one: each block has a shift of its own, each repetition another. */
function measured(
  truth: number,
  { blocks = 3, repetitions = 10, between = 0.005, within = 0.03, seed = 1 } = {},
): number[][] {
  const random = seededRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: blocks }, () => {
    const shift = normal() * between;
    return Array.from({ length: repetitions }, () => Math.log(truth) + shift + normal() * within);
  });
}

describe('the bootstrap', () => {
  test('of equal log ratios gives that ratio alone', () => {
    const { estimate, low, high } = bootstrap([[Math.log(1.25), Math.log(1.25)], [Math.log(1.25)]], 7).interval;
    expect([estimate, low, high].map((value) => value.toFixed(6))).toEqual(['1.250000', '1.250000', '1.250000']);
  });

  test('is the same for the same seed, and another for another', () => {
    const blocks = measured(1.1);
    expect(bootstrap(blocks, 3)).toEqual(bootstrap(blocks, 3));
    expect(bootstrap(blocks, 3)).not.toEqual(bootstrap(blocks, 4));
  });

  test('holds the true ratio in about 95 of 100 intervals', () => {
    const within = Array.from({ length: 100 }, (_, seed) => {
      const { low, high } = bootstrap(
        measured(1.1, { blocks: 10, repetitions: 4, seed: seed + 1 }),
        seed,
        1_000,
      ).interval;
      return low <= 1.1 && 1.1 <= high;
    });
    const share = within.filter(Boolean).length / within.length;
    expect(share).toBeGreaterThanOrEqual(0.9);
    expect(share).toBeLessThanOrEqual(0.99);
  });

  test('more repetitions do not hide that processes differ', () => {
    const blocks = measured(1, { between: 0.05, within: 0.001, repetitions: 200, seed: 4 });
    const { low, high } = bootstrap(blocks, 1).interval;
    expect(Math.log(high / low)).toBeGreaterThan(0.05);
  });

  test('has nothing to say of nothing', () => {
    expect(() => bootstrap([[], []], 1)).toThrow('no repetition was measured on both sides');
  });
});

test('the trimmed mean leaves out a fifth at each end', () => {
  expect(trimmedMean([100, 2, 3, 4, -50])).toBe(3);
  expect(trimmedMean([1, 2, 6])).toBe(3);
});

test('means and quantiles lie where they are expected', () => {
  expect(mean([1, 2, 6])).toBe(3);
  expect([0, 0.5, 0.625, 1].map((share) => quantile([10, 20, 30, 40, 50], share))).toEqual([10, 30, 35, 50]);
});

test('Holm multiplies the smallest most and never turns the order', () => {
  expect(holm([0.04, 0.01, 0.03]).map((p) => Number(p.toFixed(4)))).toEqual([0.06, 0.03, 0.06]);
  expect(holm([0.9, 0.8])).toEqual([1, 1]);
  expect(holm([])).toEqual([]);
});

describe('a verdict', () => {
  const control = { estimate: 1.001, low: 0.99, high: 1.012 };
  const decided = { adjustedP: 0.001, control, better: 'less' } as const;

  test('is equivalent only when the whole interval lies within 3 %', () => {
    expect(verdictOf({ ...decided, ratio: { estimate: 1.01, low: 0.98, high: 1.029 } })).toBe('equivalent');
    expect(verdictOf({ ...decided, ratio: { estimate: 1.01, low: 0.98, high: 1.031 } })).toBe('inconclusive');
  });

  test('is slower when it costs more, faster when it serves more', () => {
    const ratio = { estimate: 1.05, low: 1.02, high: 1.08 };
    expect(verdictOf({ ...decided, ratio })).toBe('slower');
    expect(verdictOf({ ...decided, ratio, better: 'more' })).toBe('faster');
  });

  test('calls nothing that chance explains', () => {
    const ratio = { estimate: 1.05, low: 0.99, high: 1.11 };
    expect(verdictOf({ ...decided, ratio, adjustedP: 0.06 })).toBe('inconclusive');
  });

  test('calls nothing smaller than the floor differs from itself', () => {
    const wide = { estimate: 1.02, low: 0.97, high: 1.07 };
    expect(spreadOf(wide)).toBeCloseTo(0.0677, 4);
    expect(verdictOf({ ...decided, control: wide, ratio: { estimate: 1.06, low: 1.04, high: 1.08 } })).toBe(
      'inconclusive',
    );
    expect(verdictOf({ ...decided, control: wide, ratio: { estimate: 1.08, low: 1.06, high: 1.1 } })).toBe('slower');
  });
});
