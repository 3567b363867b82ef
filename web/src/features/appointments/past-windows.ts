/** The list runs forward in time alone; the past is read backward, a window at a time. */
export type Window = { from: number; to: number };

const day = 24 * 60 * 60_000;
const firstDays = 30;

/** Twice as long after an empty one; none begins before `earliest`, and then there are no more. */
export function windowBefore(to: number, earliest: number, emptyOnes: number): Window | null {
  if (to <= earliest) return null;
  const length = firstDays * 2 ** emptyOnes * day;
  return { from: Math.max(to - length, earliest), to };
}
