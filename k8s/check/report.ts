import Table from 'cli-table3';
import type { Build, Complaint } from './manifest.ts';

/** One promise, and for each build what breaks it. */
export type Row = { promise: string; cells: Complaint[][] };

/** A row for each promise, a column for each build. */
export function tableOf(rows: readonly Row[], builds: readonly Build[]): string {
  const table = new Table({
    head: ['', ...builds.map(({ name }) => name)],
    style: { head: [], border: [], compact: true },
  });
  table.push(['objects', ...builds.map(({ manifests }) => String(manifests.length))]);
  for (const { promise, cells } of rows) table.push([promise, ...cells.map(wordFor)]);
  return table.toString();
}

function wordFor({ length }: readonly Complaint[]): string {
  return length === 0 ? 'ok' : `${length} wrong`;
}

/** A line for each complaint: build, promise, object and cause. */
export function complaintsIn(rows: readonly Row[], builds: readonly Build[]): string[] {
  return rows.flatMap(({ promise, cells }) =>
    cells.flatMap((complaints, place) =>
      complaints.map(({ where, cause }) => `${builds[place]?.name}: ${promise}: ${where}: ${cause}`),
    ),
  );
}
