import { expect } from '@playwright/test';
import { availableParallelism, loadavg } from 'node:os';

/** Prints a measured time beside the results. */
export function tell(what: string, milliseconds: number): void {
  process.stdout.write(`    ${what}: ${(milliseconds / 1000).toFixed(2)} s\n`);
}

/** Holds a time to its bound, unless others keep this machine busy: then it is told and nothing follows from it. */
export function judgeTime(what: string, milliseconds: number, atMost: number): void {
  const [load = 0] = loadavg();
  const isBusy = load > 3 * availableParallelism();
  tell(isBusy ? `${what} (not judged, the machine is busy)` : what, milliseconds);
  if (!isBusy) expect(milliseconds, what).toBeLessThan(atMost);
}
