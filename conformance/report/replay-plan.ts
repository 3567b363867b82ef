import type { ResultRecord, RuleRecord, RunRecord, TargetInfo } from './records.ts';

/** What has to be run to judge one rule of a stored run again. */
export type ReplayPlan = {
  run: RunRecord;
  rule: string;
  /** The rule, and those whose tests had shown it broken: a universal rule is judged by every answer. */
  rules: string[];
  /** The targets on which it was broken; all that were asked, where it was broken on none. */
  targets: TargetInfo[];
  before: RuleRecord[];
};

/**
 * Plans to run a rule again.
 * @param of the name of the target; all of them unless given
 * @returns a sentence that begins with what is not there, when the run has no such rule or target
 */
export function planReplay(records: readonly ResultRecord[], rule: string, of?: string): ReplayPlan | string {
  const run = records.find((record) => record.type === 'run');
  if (!run) return 'the file has no run';
  const asked = rulesOf(records, rule).filter(({ outcome }) => outcome !== 'left out');
  if (asked.length === 0) return `rule ${rule} is not in this run; it has ${namesOf(run.rules.map(({ id }) => id))}`;
  const broken = asked.filter(({ outcome }) => ['fail', 'warn', 'error', 'known failure'].includes(outcome));
  const chosen = of === undefined ? (broken.length > 0 ? broken : asked) : asked.filter(({ target }) => target === of);
  const names = chosen.map(({ target }) => target);
  if (names.length === 0) return `target ${of} was not asked; there are ${asked.map(({ target }) => target).join(', ')}`;
  const violations = records
    .filter((record) => record.type === 'violation')
    .filter((record) => record.rule === rule && names.includes(record.target));
  const rules = [...new Set([rule, ...violations.map(({ during }) => during.rule)])];
  return { run, rule, rules, targets: run.targets.filter(({ name }) => names.includes(name)), before: chosen };
}

/** What came of the replay: 0 kept, 1 broken on one of its targets, 2 neither can be said. */
export function exitCodeOfReplay({ rule }: ReplayPlan, records: readonly ResultRecord[]): 0 | 1 | 2 {
  const codes = rulesOf(records, rule).map(codeOf);
  if (codes.includes(1)) return 1;
  return codes.length === 0 || codes.includes(2) ? 2 : 0;
}

/** Then and now, a line for each target of the replay; of one with another name than then, only now. */
export function replayInWords({ run, rule, before }: ReplayPlan, records: readonly ResultRecord[]): string {
  const lines = rulesOf(records, rule).map(({ target, outcome }) => {
    const then = before.find((record) => record.target === target)?.outcome;
    const words = then === undefined ? '' : `${then} in the run of ${run.startedAt}, `;
    return `${rule} on ${target}: ${words}now ${outcome}\n`;
  });
  return lines.join('');
}

function rulesOf(records: readonly ResultRecord[], rule: string): RuleRecord[] {
  return records.filter((record) => record.type === 'rule').filter((record) => record.rule === rule);
}

function codeOf({ outcome }: RuleRecord): 0 | 1 | 2 {
  if (outcome === 'pass') return 0;
  return outcome === 'fail' || outcome === 'warn' ? 1 : 2;
}

function namesOf(ids: readonly string[]): string {
  const shown = ids.slice(0, 5).join(', ');
  return ids.length > 5 ? `${shown} and ${ids.length - 5} more` : shown;
}
