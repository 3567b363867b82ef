import type { Row, Summary } from './summarise.ts';

/** `isPartial`: other tests of these rules were run, and made their outcome. */
export type Untested = { reason: string; targets: string[]; rules: string[]; isPartial: boolean };

type OfTarget = { reason: string; target: string; rules: string[]; isPartial: boolean };

/**
 * Why rules, and then why some tests of others, were not tested: a reason with its rules, once for all targets of which the
 * same is true.
 */
export function untested({ rows, targets }: Summary): Untested[] {
  const providers = targets.map(({ meta }) => meta.videoProvider);
  const ofTargets = [
    ...targets.flatMap(({ name }, index) => grouped(name, false, rows, (row) => reasonsOfRule(row, index))),
    ...targets.flatMap(({ name }, index) => grouped(name, true, rows, (row) => reasonsOfTests(row, index, providers))),
  ];
  const same = Map.groupBy(ofTargets, ({ reason, rules, isPartial }) => `${isPartial} ${reason}\n${rules.join()}`);
  return [...same.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { target: _, ...told } = first;
    return [{ ...told, targets: group.map(({ target }) => target) }];
  });
}

function grouped(
  target: string,
  isPartial: boolean,
  rows: readonly Row[],
  reasonsOf: (row: Row) => string[],
): OfTarget[] {
  const told = rows.flatMap((row) => reasonsOf(row).map((reason) => ({ reason, rule: row.id })));
  const groups = Map.groupBy(told, ({ reason }) => reason);
  return [...groups].map(([reason, group]) => ({ reason, target, rules: group.map(({ rule }) => rule), isPartial }));
}

function reasonsOfRule({ cells }: Row, index: number): string[] {
  const cell = cells[index];
  return cell?.outcome === 'not tested' ? [cell.reason ?? 'no reason given'] : [];
}

/** Of a rule that was tested in part. What was run under another provider, on another target of the run, lacks nowhere. */
function reasonsOfTests({ cells }: Row, index: number, providers: readonly string[]): string[] {
  const cell = cells[index];
  if (!cell || cell.outcome === 'not tested') return [];
  const others = cells.filter((_, other) => providers[other] !== providers[index]).flatMap(({ tests }) => tests);
  const lacking = cell.tests.filter(
    ({ title, outcome }) =>
      outcome === 'not tested' && !others.some((other) => other.title === title && other.outcome !== 'not tested'),
  );
  return [...new Set(lacking.map(({ reason }) => reason ?? 'no reason given'))];
}
