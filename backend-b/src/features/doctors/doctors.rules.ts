import { Problem } from '../../problem.ts';

export interface Range {
  from: Date;
  to: Date;
}

const MOST_MS = 31 * 24 * 3_600_000;

/** @rule doctors/busy-times */
export function checkRange({ from, to }: Range): void {
  checkOrder({ from, to });
  if (to.getTime() - from.getTime() > MOST_MS) {
    throw new Problem('range-too-long', 'The range is longer than 31 days; ask for a shorter one.');
  }
}

/** `to` has to be after `from`. */
export function checkOrder({ from, to }: Range): void {
  if (to <= from) throw new Problem('invalid-range', '`to` is not after `from`; exchange or mend them.');
}
