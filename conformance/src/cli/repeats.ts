import type { Summary, Target } from '../../report/summarise.ts';
import { count, duration } from '../../report/text.ts';

export type RunOutcome = { run: number; exitCode: 0 | 1 | 2; summary: Summary };

/** A run in one line: what each target was found to be, and what was not right. */
export function describeRun({ run, summary }: RunOutcome, runs: number): string {
  const targets = summary.targets.map((target) => `${target.name} ${describeTarget(target, summary)}`);
  return `run ${run} of ${runs}: ${targets.join(' · ')} · ${duration(summary.end.ms)}`;
}

/** All runs: how they ended, and every rule that was not the same each time. */
export function describeRuns(outcomes: readonly RunOutcome[]): string {
  const tally = (exitCode: number): number => outcomes.filter((outcome) => outcome.exitCode === exitCode).length;
  const head = `${count(outcomes.length, 'run')}: ${tally(0)} conformant, ${tally(1)} not conformant, ${tally(2)} could not be judged`;
  const bad = [...badRules(outcomes)].map(
    ([rule, runs]) => `  ${rule}: not right in ${runs.length} of ${outcomes.length} (${runs.join(', ')})`,
  );
  return `${[head, ...bad].join('\n')}\n`;
}

function describeTarget({ name, verdict }: Target, summary: Summary): string {
  const wrong = wrongRules(summary, name);
  const named = wrong.length > 0 ? `: ${wrong.slice(0, 5).join(', ')}${wrong.length > 5 ? ', …' : ''}` : '';
  const reason = verdict.verdict === 'could not judge' && verdict.reason ? ` (${verdict.reason})` : '';
  return `${verdict.verdict}${reason}, ${verdict.passed} passed, ${verdict.failed} failed, ${verdict.errors} in error${named}`;
}

function wrongRules({ rows }: Summary, name: string): string[] {
  const isWrong = (outcome: string): boolean => outcome === 'fail' || outcome === 'error' || outcome === 'warn';
  return rows
    .filter(({ cells }) => cells.some((cell) => cell.target === name && isWrong(cell.outcome)))
    .map(({ id }) => id);
}

/** The rules that were not right somewhere, each with the runs in which it was not. */
function badRules(outcomes: readonly RunOutcome[]): Map<string, number[]> {
  const found = outcomes.flatMap(({ run, summary }) =>
    summary.targets.flatMap(({ name }) =>
      wrongRules(summary, name).map((rule) => ({ run, where: `${rule} on ${name}` })),
    ),
  );
  return new Map(
    [...Map.groupBy(found, ({ where }) => where)].map(([where, list]) => [where, list.map(({ run }) => run)]),
  );
}
