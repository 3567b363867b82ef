import { mean } from '../statistics/bootstrap.ts';

export type Steadiness = {
  /** Slices whose mean is held against the mean of as many before them. */
  window: number;
  /** How far the two means may differ, as a share. */
  tolerance: number;
  atMost: number;
};

/**
 * Loads until the cost of a request is steady on every subject: code that runs often is compiled better and better, for seconds.
 * @param load one slice; resolves with each subject's cost a request
 * @returns how many slices it took, and whether the costs were steady at the end
 */
export async function warmUp(
  load: () => Promise<number[]>,
  { window, tolerance, atMost }: Steadiness,
): Promise<{ slices: number; isSteady: boolean }> {
  const costs: number[][] = [];
  while (costs.length < atMost) {
    costs.push(await load());
    if (costs.length < 2 * window) continue;
    const [before, now] = [costs.slice(-2 * window, -window), costs.slice(-window)];
    const isSteady = (_: number, subject: number): boolean =>
      Math.abs(meanOf(now, subject) / meanOf(before, subject) - 1) <= tolerance;
    if (now[0]?.every(isSteady)) return { slices: costs.length, isSteady: true };
  }
  return { slices: costs.length, isSteady: false };
}

function meanOf(costs: number[][], subject: number): number {
  return mean(costs.map((ofSubjects) => ofSubjects[subject] ?? Number.NaN));
}
