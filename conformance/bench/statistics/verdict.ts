import type { Interval } from './bootstrap.ts';

export type ComparisonVerdict = 'faster' | 'slower' | 'equivalent' | 'inconclusive';

/** Ratios this near to 1 make no difference to anybody. */
export const EQUIVALENCE = 0.03;
const LEVEL = 0.05;

/** What is known of a ratio: its interval, its p-value after Holm's correction, and the control of the same cell. */
export type Evidence = {
  ratio: Interval;
  adjustedP: number;
  /** The floor again to the floor: what differs by chance alone. */
  control: Interval;
  /** Of times and costs less is better, of rates more. */
  better: 'less' | 'more';
};

/**
 * Equivalent when the whole interval lies within 3 %; faster or slower when chance does not explain it and it is more
 * than the control's own interval reaches; else inconclusive.
 */
export function verdictOf({ ratio, adjustedP, control, better }: Evidence): ComparisonVerdict {
  if (ratio.low >= 1 - EQUIVALENCE && ratio.high <= 1 + EQUIVALENCE) return 'equivalent';
  const isBeyondChance = Math.abs(Math.log(ratio.estimate)) > spreadOf(control);
  if (adjustedP >= LEVEL || !isBeyondChance) return 'inconclusive';
  return ratio.estimate < 1 === (better === 'less') ? 'faster' : 'slower';
}

/** How far the control's interval reaches from 1, as a natural logarithm. */
export function spreadOf({ low, high }: Interval): number {
  return Math.max(Math.abs(Math.log(low)), Math.abs(Math.log(high)));
}
