import type { Summary } from '../summarise.ts';

/** What the page's script filters by, and what a program may read from the page: outcomes, no exchanges. */
export function pageData({ run, end, rows, targets, differences }: Summary) {
  const differing = new Set(differences.filter(({ kind }) => kind !== 'coverage').map(({ row }) => row.id));
  return {
    schema: run.schema,
    run: { id: run.id, startedAt: run.startedAt, finishedAt: end.finishedAt, seed: run.seed, command: run.command },
    contractVersion: run.contractVersion,
    exitCode: end.exitCode,
    targets: targets.map(({ name, verdict }) => ({ ...verdict, name })),
    rules: rows.map((row) => ({
      id: row.id,
      area: row.area,
      level: row.level,
      title: row.title,
      words: [row.sentence, ...row.operations, ...row.problems].join(' '),
      differs: differing.has(row.id),
      outcomes: row.cells.map((cell) => cell.outcome),
      ms: row.cells.map((cell) => cell.ms),
    })),
  };
}
