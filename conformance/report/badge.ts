import type { VerdictRecord } from './records.ts';
import { count } from './text.ts';

/** What https://shields.io/badges/endpoint-badge draws. */
export type Badge = { schemaVersion: 1; label: string; message: string; color: string; isError?: true };

const LABEL = 'duet contract';

/** The badge of a run: the worst verdict of its targets. */
export function badgeOf(verdicts: readonly VerdictRecord[]): Badge {
  const worst = ['could not judge', 'not conformant', 'conformant'] as const;
  const badges = worst.flatMap((verdict) => verdicts.filter((one) => one.verdict === verdict).sort(byFailed).map(badge));
  return badges[0] ?? badge({ verdict: 'could not judge' });
}

function badge(record: Pick<VerdictRecord, 'verdict'> & Partial<VerdictRecord>): Badge {
  const { verdict, profiles = [], failed = 0, known = 0, flaky = 0 } = record;
  const base = { schemaVersion: 1 as const, label: LABEL };
  if (verdict === 'could not judge') return { ...base, message: verdict, color: 'lightgrey', isError: true };
  if (verdict === 'conformant') return { ...base, message: `conformant: ${profiles.join(', ')}`, color: 'brightgreen' };
  if (failed > 0) return { ...base, message: `${count(failed, 'rule')} broken`, color: 'red' };
  const parts = [known > 0 ? count(known, 'known failure') : '', flaky > 0 ? `${flaky} flaky` : ''];
  return { ...base, message: parts.filter(Boolean).join(', '), color: 'yellow' };
}

function byFailed(one: VerdictRecord, other: VerdictRecord): number {
  return other.failed - one.failed || (other.known ?? 0) - (one.known ?? 0);
}
