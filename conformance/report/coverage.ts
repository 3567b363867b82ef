import type { CoverageRecord } from './records.ts';
import { number } from './text.ts';

/** What stands above a list of what is missing. */
export const GAP = 'What a run never saw is a gap in what it asked, and no fault of the target.';
const MOST_NAMED = 20;

export function isWhole({ groups }: CoverageRecord): boolean {
  return groups.every(({ missing }) => missing.length === 0);
}

/** `136 of 136 statuses, 67 of 68 places, …` */
export function coverageWords({ groups }: CoverageRecord): string {
  const parts = groups.map(({ name, expected, missing }) => {
    return `${number(expected - missing.length)} of ${number(expected)} ${name}`;
  });
  return parts.join(', ');
}

/** A line for each group that misses something: the first of what was never seen, and how many more. */
export function missingWords({ groups }: CoverageRecord): string[] {
  return groups
    .filter(({ missing }) => missing.length > 0)
    .map(({ name, missing }) => {
      const rest = missing.length - MOST_NAMED;
      const named = missing.slice(0, MOST_NAMED).join('; ');
      return `${name} never seen: ${named}${rest > 0 ? `; and ${number(rest)} more` : ''}`;
    });
}
