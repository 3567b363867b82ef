import type { Outcome, ResultRecord, RuleRecord, TargetInfo } from './records.ts';

/** One rule on one target whose outcome is another than before; null where the run did not have the rule. */
export type Change = { target: string; rule: string; before: Outcome | null; after: Outcome | null; words: string };

/**
 * What changed from one run to another. `regressions` passed and are broken, `repaired` pass again, of the other two the one
 * run judged what the other did not; `added` and `gone` are targets of one run alone.
 */
export type RunChanges = {
  regressions: Change[];
  repaired: Change[];
  newlyTested: Change[];
  newlyUntested: Change[];
  added: string[];
  gone: string[];
  /** Rules times targets that both runs judged. */
  compared: number;
};

type Standing = 'kept' | 'broken' | 'now and then' | null;

// What is listed as a known failure is broken all the same; that it is listed, or not any more, is no change of the server.
const STANDINGS: Record<Outcome, Standing> = {
  pass: 'kept',
  flaky: 'now and then',
  'known failure': 'broken',
  warn: 'broken',
  fail: 'broken',
  error: 'broken',
  'not tested': null,
  'left out': null,
};

/** Compares two whole streams (see parseStream), targets by their names; of two runs with one target each those two. */
export function compareRuns(old: readonly ResultRecord[], recent: readonly ResultRecord[]): RunChanges {
  const [before, after] = [targetsOf(old), targetsOf(recent)];
  const pairs = pairsOf(before, after);
  const changes = pairs.flatMap(([left, right]) => changesOf(rulesOf(old, left), rulesOf(recent, right), right));
  const standing = (outcome: Outcome | null): Standing => (outcome === null ? null : STANDINGS[outcome]);
  const select = (isChosen: (from: Standing, to: Standing) => boolean): Change[] =>
    changes.filter((change) => isChosen(standing(change.before), standing(change.after)));
  return {
    regressions: select((from, to) => from === 'kept' && to === 'broken'),
    repaired: select((from, to) => from === 'broken' && to === 'kept'),
    newlyTested: select((from, to) => from === null && to !== null),
    newlyUntested: select((from, to) => from !== null && to === null),
    added: after.filter((name) => !pairs.some(([, right]) => right === name)),
    gone: before.filter((name) => !pairs.some(([left]) => left === name)),
    compared: select((from, to) => from !== null && to !== null).length,
  };
}

function targetsOf(records: readonly ResultRecord[]): string[] {
  const targets: TargetInfo[] = records.flatMap((record) => (record.type === 'run' ? record.targets : []));
  return targets.map(({ name }) => name);
}

function pairsOf(before: string[], after: string[]): [string, string][] {
  const [left, right] = [before[0], after[0]];
  if (before.length === 1 && after.length === 1 && left !== undefined && right !== undefined) return [[left, right]];
  return after.filter((name) => before.includes(name)).map((name) => [name, name]);
}

function rulesOf(records: readonly ResultRecord[], target: string): Map<string, RuleRecord> {
  const own = records.filter((record) => record.type === 'rule').filter((record) => record.target === target);
  return new Map(own.map((record) => [record.rule, record]));
}

function changesOf(before: Map<string, RuleRecord>, after: Map<string, RuleRecord>, target: string): Change[] {
  const ids = new Set([...before.keys(), ...after.keys()]);
  return [...ids].map((rule) => {
    const [old, recent] = [before.get(rule), after.get(rule)];
    const words = recent?.reason ?? (recent ? '' : 'not among the rules of the run');
    return { target, rule, before: old?.outcome ?? null, after: recent?.outcome ?? null, words };
  });
}
