import { Problem } from '../../problem.ts';

const longestRange = 31 * 24 * 3_600_000;

/**
 * @throws Problem invalid-range, then range-too-long
 * @rule doctors/busy-times
 */
export function mustBeShortRange(from: Date, to: Date): void {
  mustBeRange(from, to);
  if (to.getTime() - from.getTime() <= longestRange) return;
  throw new Problem('range-too-long', 'The range is longer than 31 days; ask for a shorter one.');
}

/** @throws Problem invalid-range */
export function mustBeRange(from: Date, to: Date): void {
  if (to.getTime() > from.getTime()) return;
  throw new Problem('invalid-range', '"to" must be after "from"; exchange or correct them.');
}

/** @rule doctors/only-doctors */
export function noSuchDoctor(): Problem {
  return new Problem('not-found', 'There is no doctor with this id; look for one in the list of doctors.');
}
