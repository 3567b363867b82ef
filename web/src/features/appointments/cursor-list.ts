/** A list that is loaded page by page and kept true by events meanwhile. */
export type CursorList<T> = { items: T[]; nextCursor: string | null };
export type Identified = { id: string };

export function emptyList<T>(): CursorList<T> {
  return { items: [], nextCursor: null };
}

/** A page read later is the newer truth for the items in it. */
export function withPage<T extends Identified>(list: CursorList<T>, page: CursorList<T>): CursorList<T> {
  const fresh = new Map(page.items.map((item) => [item.id, item]));
  const known = new Set(list.items.map((item) => item.id));
  const items = list.items.map((item) => fresh.get(item.id) ?? item);
  return { items: [...items, ...page.items.filter((item) => !known.has(item.id))], nextCursor: page.nextCursor };
}

/** An item that belongs beyond what is loaded is left for its page. */
export function withItem<T extends Identified>(
  list: CursorList<T>,
  item: T,
  compare: (one: T, other: T) => number,
  belongs: boolean,
): CursorList<T> {
  const others = list.items.filter((known) => known.id !== item.id);
  const last = others.at(-1);
  const isBeyond = list.nextCursor !== null && (last === undefined || compare(item, last) > 0);
  const wasShown = others.length < list.items.length;
  if (!belongs || (isBeyond && !wasShown)) return { ...list, items: others };
  const after = others.findIndex((known) => compare(known, item) > 0);
  return { ...list, items: after === -1 ? [...others, item] : others.toSpliced(after, 0, item) };
}
