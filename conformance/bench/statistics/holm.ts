/**
 * Holm's correction: of many comparisons some seem to differ by chance; the adjusted values keep the chance that any one
 * is called wrongly below the level they are held against.
 * @returns the adjusted p-values, in the order given
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((p, index) => ({ p, index })).toSorted((one, other) => one.p - other.p);
  const adjusted = ps.map(() => 1);
  let highest = 0;
  for (const [rank, { p, index }] of order.entries()) {
    highest = Math.max(highest, Math.min(1, p * (ps.length - rank)));
    adjusted[index] = highest;
  }
  return adjusted;
}
