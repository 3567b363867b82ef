import type { KnownRecord, Outcome } from './records.ts';

/** Whether the entry itself fails the run: it is out of date, or was never right. */
export function isWrong({ state }: Pick<KnownRecord, 'state'>): boolean {
  return state === 'passes' || state === 'expired' || state === 'matches nothing';
}

/** The outcome that an entry gives to its rule while it holds. */
export function outcomeOf({ list }: Pick<KnownRecord, 'list'>): Outcome {
  return list === 'flaky' ? 'flaky' : 'known failure';
}
