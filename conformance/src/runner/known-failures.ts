import { rules } from '@duet/contract/rules';
import type { KnownRecord, Outcome, RuleRecord } from '../../report/stream.ts';

/** What a file of known failures says of one rule on one target; `expires` is its last day, YYYY-MM-DD in UTC. */
export type KnownEntry = Pick<KnownRecord, 'list' | 'target' | 'rule' | 'reason' | 'link' | 'expires' | 'file'>;

export type WithKnown = { ruleRecords: RuleRecord[]; known: KnownRecord[] };

type Fate = Pick<KnownRecord, 'state' | 'why'>;

/**
 * Holds what came of the rules against what was known of them: a rule whose entry holds becomes a known failure or flaky,
 * all others stay as they are. Of `targets` (names) those without records were not reached.
 */
export function applyKnown(
  entries: readonly KnownEntry[],
  ruleRecords: readonly RuleRecord[],
  targets: readonly string[],
  now: Date,
): WithKnown {
  const keyOf = ({ rule, target }: { rule: string; target: string }): string => `${rule} ${target}`;
  const records = new Map(ruleRecords.map((record) => [keyOf(record), record]));
  const known = entries.map((entry): KnownRecord => {
    const fate = fateOf(entry, records.get(keyOf(entry)), targets, now);
    return { type: 'known', ...entry, ...fate };
  });
  const holding = new Map(known.filter(({ state }) => state === 'holds').map((record) => [keyOf(record), record]));
  return { known, ruleRecords: ruleRecords.map((record) => excused(record, holding.get(keyOf(record)))) };
}

function fateOf(entry: KnownEntry, record: RuleRecord | undefined, targets: readonly string[], now: Date): Fate {
  if (!(entry.rule in rules))
    return { state: 'matches nothing', why: 'matches nothing: the contract has no such rule' };
  if (!targets.includes(entry.target)) {
    return { state: 'matches nothing', why: `matches nothing: the targets of this run are ${targets.join(', ')}` };
  }
  if (now.toISOString().slice(0, 10) > entry.expires) {
    return { state: 'expired', why: `expired on ${entry.expires}: mend it, or say anew until when it may stay` };
  }
  if (!record) return { state: 'not asked', why: 'not among the rules of this run' };
  return entry.list === 'flaky' ? fateOfFlaky(record) : fateOfFailure(record);
}

function fateOfFailure({ outcome, reason }: RuleRecord): Fate {
  if (isBroken(outcome)) return { state: 'holds', why: 'fails, as known' };
  if (outcome === 'pass') return { state: 'passes', why: 'passes: take it out of the list' };
  return fateOfUnjudged(outcome, reason);
}

function fateOfFlaky({ outcome, reason }: RuleRecord): Fate {
  if (isBroken(outcome)) return { state: 'holds', why: 'failed this time' };
  if (outcome === 'pass') return { state: 'holds', why: 'passed this time' };
  return fateOfUnjudged(outcome, reason);
}

/** An error ends the run with exit code 2 anyway. */
function fateOfUnjudged(outcome: Outcome, reason = 'no reason given'): Fate {
  if (outcome === 'error') return { state: 'holds', why: 'could not be judged' };
  return { state: 'matches nothing', why: `matches nothing: the rule was ${outcome}: ${reason}` };
}

function isBroken(outcome: Outcome): boolean {
  return outcome === 'fail' || outcome === 'warn';
}

function excused(record: RuleRecord, known: KnownRecord | undefined): RuleRecord {
  if (!known || record.outcome === 'error') return record;
  const reason = `${known.why}: ${known.reason} (${known.link}, until ${known.expires})`;
  return { ...record, outcome: known.list === 'flaky' ? 'flaky' : 'known failure', reason };
}
