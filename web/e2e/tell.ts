import { expect, test } from '@playwright/test';
import { availableParallelism, loadavg } from 'node:os';

/** Prints a measured time beside the results. */
export function tell(what: string, milliseconds: number): void {
  process.stdout.write(`    ${what}: ${(milliseconds / 1000).toFixed(2)} s\n`);
}

/**
 * Holds a time to its bound. On a machine that others keep busy, and in the fast choice, which runs beside other checks on
 * machines of any speed, it is told and nothing follows from it. The summary of many runs shows its median.
 */
export function judgeTime(what: string, milliseconds: number, atMost: number): void {
  const [load = 0] = loadavg();
  const isFast = process.env['DUET_E2E_FAST'] === '1';
  const reason = isFast ? 'npm run test:e2e judges it' : 'the machine is busy';
  const isJudged = !isFast && load <= 3 * availableParallelism();
  test.info().annotations.push({ type: what, description: String(Math.round(milliseconds)) });
  tell(isJudged ? what : `${what} (not judged: ${reason})`, milliseconds);
  if (isJudged) expect(milliseconds, what).toBeLessThan(atMost);
}
