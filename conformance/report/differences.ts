import { gravity } from './outcome.ts';
import type { Outcome } from './records.ts';
import type { Cell, Row } from './summarise.ts';

export type Side = { target: string; outcome: Outcome; words: string };
/**
 * A rule on which targets part. `outcome`: they were judged differently; `failure`: they fail in different ways;
 * `coverage`: not all of it was tested on all of them, and what was tested came out the same.
 */
export type Difference = { row: Row; kind: 'outcome' | 'failure' | 'coverage'; sides: Side[] };

/**
 * The rules on which the targets differ, the gravest first; none with a single target. Of targets with different video
 * `providers` (each target's, in order) it is no difference that other tests were run.
 */
export function findDifferences(rows: readonly Row[], providers: readonly string[]): Difference[] {
  const differences = rows.flatMap((row) => {
    const kind = kindOf(row.cells, providers);
    return kind ? [{ row, kind, sides: sidesOf(row) }] : [];
  });
  return differences.sort((left, right) => weight(left) - weight(right));
}

function weight({ kind, row }: Difference): number {
  return (kind === 'coverage' ? 10 : 0) + gravity(row.outcome);
}

function kindOf(cells: readonly Cell[], providers: readonly string[]): Difference['kind'] | null {
  const asked = cells.filter(isAsked);
  const judged = asked.filter((cell) => cell.outcome !== 'not tested');
  if (areDifferent(judged.map((cell) => cell.outcome))) return 'outcome';
  if (areDifferent(judged.map(faults))) return 'failure';
  const alike = Map.groupBy(asked, (cell) => providers[cells.indexOf(cell)]);
  return [...alike.values()].some(areCoveredDifferently) ? 'coverage' : null;
}

function areCoveredDifferently(cells: readonly Cell[]): boolean {
  return areDifferent(cells.map((cell) => cell.outcome)) || areDifferent(cells.map(skipped));
}

function isAsked({ outcome }: Cell): boolean {
  return outcome !== 'left out';
}

function areDifferent(values: readonly string[]): boolean {
  return new Set(values).size > 1;
}

function faults(cell: Cell): string {
  const keys = cell.findings.flatMap(({ kind, title, failures }) =>
    failures.map((failure) => `${kind === 'test' ? title : ''} ${failure.key}`),
  );
  return [...new Set(keys)].sort().join('\n');
}

function skipped(cell: Cell): string {
  const tests = cell.tests.filter((test) => test.outcome === 'not tested').map((test) => test.title);
  return tests.sort().join('\n');
}

/** What happened to the rule on each target that was asked, in a line each. */
export function sidesOf({ cells }: Row): Side[] {
  return cells.filter(isAsked).map((cell) => ({ target: cell.target, outcome: cell.outcome, words: words(cell) }));
}

function words(cell: Cell): string {
  const first = cell.findings[0]?.failures[0]?.message;
  if (first) return cell.findings.length > 1 ? `${first} (and ${cell.findings.length - 1} more)` : first;
  if (cell.outcome === 'pass') return cell.reason ? `passes, ${cell.reason}` : 'passes';
  return cell.reason ?? 'no reason given';
}
