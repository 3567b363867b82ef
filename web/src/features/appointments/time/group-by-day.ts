import { dateOf } from './zoned-day.ts';

export type Grouped<T> = { date: string; items: T[] };

/** In the given order, a new group wherever the day changes in the zone. */
export function groupByDay<T>(items: T[], zone: string, instantOf: (item: T) => number): Grouped<T>[] {
  const groups: Grouped<T>[] = [];
  for (const item of items) {
    const date = dateOf(instantOf(item), zone);
    const last = groups.at(-1);
    if (last?.date === date) last.items.push(item);
    else groups.push({ date, items: [item] });
  }
  return groups;
}
