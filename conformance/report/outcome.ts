import type { Outcome } from './records.ts';

/** A shape of its own for each outcome, so that none is told by colour alone. */
export const SYMBOLS: Record<Outcome, string> = {
  pass: '✓',
  fail: '✗',
  warn: '▲',
  'known failure': '◇',
  flaky: '≈',
  'not tested': '○',
  error: '◆',
  'left out': '—',
};

const GRAVITY: Outcome[] = ['fail', 'error', 'warn', 'flaky', 'known failure', 'not tested', 'pass', 'left out'];

/** The worst of `outcomes`, `not tested` when there is none. */
export function worst(outcomes: readonly Outcome[]): Outcome {
  return GRAVITY.find((outcome) => outcomes.includes(outcome)) ?? 'not tested';
}

/** 0 for the gravest; for sorting. */
export function gravity(outcome: Outcome): number {
  return GRAVITY.indexOf(outcome);
}

/** Whether somebody should look at it. */
export function isTrouble(outcome: Outcome): boolean {
  return outcome === 'fail' || outcome === 'error' || outcome === 'warn';
}
