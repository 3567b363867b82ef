import type { CoverageGroup } from '../../report/stream.ts';
import { expectedMarks, type Facts } from './expected.ts';
import type { Mark } from './marks.ts';

const GROUPS: readonly { name: string; kinds: string[] }[] = [
  { name: 'statuses', kinds: ['status'] },
  { name: 'places', kinds: ['sent'] },
  { name: 'event types', kinds: ['event'] },
  { name: 'enum values', kinds: ['value', 'shown'] },
  { name: 'keyword sides', kinds: ['keyword'] },
];

/** What a run has seen of all that it had to see at a target. Of no use for a run of some rules alone. */
export function coverageOf(seen: ReadonlySet<Mark>, facts: Facts): CoverageGroup[] {
  const expected = expectedMarks(facts);
  return GROUPS.map(({ name, kinds }) => {
    const own = expected.filter((mark) => kinds.includes(kindOf(mark)));
    const missing = own.filter((mark) => !seen.has(mark));
    return { name, expected: own.length, missing: missing.map((mark) => mark.slice(kindOf(mark).length + 1)) };
  });
}

function kindOf(mark: Mark): string {
  return mark.slice(0, mark.indexOf(' '));
}
