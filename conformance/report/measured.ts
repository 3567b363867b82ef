import type { Unit } from './records.ts';
import type { Cell, Row } from './summarise.ts';
import { bytes, duration, number } from './text.ts';

/** What one target was measured at: the worst (greatest) of its samples. */
export type Sample = { target: string; value: number; samples: number; isOver: boolean };
/** One quantity that a rule's tests measure; `samples` in the order of the targets, null where it was not measured. */
export type Measured = { row: Row; name: string; unit: Unit; bound: number | null; samples: (Sample | null)[] };
/** How long a rule's tests took on each target (milliseconds, null where it was not judged), the slowest rule first. */
export type Timing = { row: Row; ms: (number | null)[]; slowest: number; ratio: number | null };

/** All measured quantities in the order of the rules. */
export function collectMeasurements(rows: readonly Row[]): Measured[] {
  return rows.flatMap((row) => {
    const all = row.cells.flatMap((cell) => cell.measurements);
    const quantities = new Map(all.map((measurement) => [`${measurement.name} ${measurement.unit}`, measurement]));
    return [...quantities.values()].map(({ name, unit, bound }) => ({
      row,
      name,
      unit,
      bound: bound ?? null,
      samples: row.cells.map((cell) => sampleOf(cell, name, unit)),
    }));
  });
}

function sampleOf(cell: Cell, name: string, unit: Unit): Sample | null {
  const found = cell.measurements.filter((measurement) => measurement.name === name && measurement.unit === unit);
  if (found.length === 0) return null;
  const value = Math.max(...found.map((measurement) => measurement.value));
  const isOver = found.some((measurement) => measurement.bound !== undefined && measurement.value > measurement.bound);
  return { target: cell.target, value, samples: found.length, isOver };
}

/** The value in its unit: `940 ms`, `1.2 s`, `64 KiB`, `10`. */
export function quantity(value: number, unit: Unit): string {
  if (unit === 'ms') return duration(value);
  if (unit === 's') return duration(value * 1000);
  return unit === 'bytes' ? bytes(value) : number(value);
}

/** Times of the rules that ran; `ratio` is the second target's over the first's, null unless there are two. */
export function timeRules(rows: readonly Row[]): Timing[] {
  const timings = rows.map((row) => {
    const ms = row.cells.map((cell) => (cell.outcome === 'not tested' || cell.ms <= 0 ? null : cell.ms));
    const [first, second] = ms;
    const ratio = ms.length === 2 && first && second ? second / first : null;
    return { row, ms, slowest: Math.max(0, ...ms.map((value) => value ?? 0)), ratio };
  });
  return timings.filter((timing) => timing.slowest > 0).sort((left, right) => right.slowest - left.slowest);
}

/** The ratio as a person says it, the smaller side 1: 1.8 → `1 : 1.8`, 0.5 → `2 : 1`. */
export function ratioInWords(ratio: number): string {
  return ratio >= 1 ? `1 : ${rounded(ratio)}` : `${rounded(1 / ratio)} : 1`;
}

function rounded(value: number): string {
  return number(value < 10 ? Number(value.toFixed(1)) : Math.round(value));
}

/** The middle ratio of those rules that both targets ran, null when there is none. */
export function medianRatio(timings: readonly Timing[]): number | null {
  const ratios = timings.flatMap(({ ratio }) => (ratio === null ? [] : [ratio])).sort((left, right) => left - right);
  const middle = ratios.length >> 1;
  const upper = ratios[middle];
  if (upper === undefined) return null;
  return ratios.length % 2 === 1 ? upper : Math.sqrt(upper * (ratios[middle - 1] ?? upper));
}
