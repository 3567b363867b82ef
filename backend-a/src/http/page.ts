import type { CursorScope, Cursors } from './cursor.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/**
 * A page of what a query for one more than `limit` has found.
 *
 * @rule http/pages
 */
export function pageOf<Found, Item>(
  found: readonly Found[],
  limit: number,
  {
    cursors,
    scope,
    positionOf,
    show,
  }: {
    cursors: Cursors;
    scope: CursorScope;
    positionOf: (last: Found) => readonly string[];
    show: (found: Found) => Item;
  },
): Page<Item> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const hasMore = found.length > limit && last !== undefined;
  return { items: items.map(show), nextCursor: hasMore ? cursors.issue(scope, positionOf(last)) : null };
}
