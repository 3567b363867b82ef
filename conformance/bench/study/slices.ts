import type { Block } from '../statistics/bootstrap.ts';
import type { ScenarioName, Slice } from './records.ts';

/** What is computed of one slice: milliseconds a request, or requests a second. */
export const metrics = {
  'server-cpu': ({ cpu, requests }: Slice): number => cpu.server / requests,
  'database-cpu': ({ cpu, requests }: Slice): number => cpu.database / requests,
  'all-cpu': ({ cpu, requests }: Slice): number => (cpu.server + cpu.database) / requests,
  'requests-per-second': ({ requests, durationMs }: Slice): number => (requests / durationMs) * 1000,
  p99: ({ latency }: Slice): number => latency.p99,
};

export function slicesOf(slices: Slice[], scenario: ScenarioName, subject: string): Slice[] {
  return slices.filter((slice) => slice.scenario === scenario && slice.subject === subject);
}

/** Why a cell has no number: one answer that was not what it had to be voids it. Null when it has. */
export function invalidity(slices: Slice[]): string | null {
  const sum = (of: 'failures' | 'mismatches'): number => slices.reduce((total, slice) => total + slice[of], 0);
  const [failures, mismatches] = [sum('failures'), sum('mismatches')];
  if (mismatches > 0) return `${mismatches} of the answers that were compared in full differed`;
  return failures > 0 ? `${failures} requests had another answer than the expected one` : null;
}

/** A value of each slice, block by block. */
export function blocksOf(slices: Slice[], value: (slice: Slice) => number): Block[] {
  return [...Map.groupBy(slices, ({ block }) => block).values()].map((block) => block.map(value));
}
