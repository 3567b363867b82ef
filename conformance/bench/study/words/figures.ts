import { number } from '../../../report/text.ts';
import type { Interval } from '../study.ts';

// Keeps a number with its unit on one line.
const SPACE = '\u00a0';

/** Three digits that count: `0.184`, `1.21`, `12.4`, `1,830`. */
export function significant(value: number): string {
  if (value === 0) return '0';
  if (Math.abs(value) >= 99.95) return number(Math.round(value));
  if (Math.abs(value) < 0.001) return value.toFixed(4);
  return value.toPrecision(3);
}

/** `1.21 ×`. */
export function times(value: number): string {
  return `${ratio(value)}${SPACE}×`;
}

/** `1.21`, `12.4`. */
export function ratio(value: number): string {
  return value < 9.995 ? value.toFixed(2) : significant(value);
}

/** A number beside an axis, without the zeros that say how exact it is: `1`, `1.5`, `2,000`. */
export function tick(value: number): string {
  return value < 0.01 ? String(value) : number(value);
}

/** `1.18–1.25`, `192–208 ms`: a unit that both ends share is said once. */
export function span({ low, high }: Interval, format: (value: number) => string = ratio): string {
  const [first, last] = [format(low), format(high)];
  const [number = '', unit] = first.split(SPACE);
  return unit !== undefined && last.endsWith(`${SPACE}${unit}`) ? `${number}–${last}` : `${first}–${last}`;
}

/** `1.21 × (95 %: 1.18–1.25)`, as every ratio is told. */
export function told(interval: Interval): string {
  return `${times(interval.estimate)} (95${SPACE}%: ${span(interval)})`;
}

/** 0.82 → `18 %`, 1.042 → `4.2 %`. */
export function percentOff(value: number): string {
  const off = Math.abs(value - 1) * 100;
  return `${off < 9.95 ? off.toFixed(1) : Math.round(off)}${SPACE}%`;
}

/** 0.25 → `25 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)}${SPACE}%`;
}

/** `0.184 ms`, `1.83 s`. */
export function milliseconds(value: number): string {
  return value < 999.5 ? `${significant(value)}${SPACE}ms` : `${significant(value / 1000)}${SPACE}s`;
}

/** `184 MiB`: memory is compared, so it keeps one unit. */
export function mebibytes(value: number): string {
  return `${significant(value / 1024 ** 2)}${SPACE}MiB`;
}

/** The inverse ratio, for the same comparison seen from its other side. */
export function inverted({ estimate, low, high }: Interval): Interval {
  return { estimate: 1 / estimate, low: 1 / high, high: 1 / low };
}

/** The middle value; of two middle ones, their mean. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
