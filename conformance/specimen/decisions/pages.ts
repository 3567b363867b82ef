/** Where a page ended: the sort key of its last item, and how many items were served up to it. */
export type Position = { key: (string | number)[]; served: number };

export type CursorClaims = { operation: string; account: string; filters: string; position: Position };

export type Walk<Item> = {
  items: Item[];
  limit: number;
  after: Position | undefined;
  keyOf: (item: Item) => (string | number)[];
};

const bytesOf = (value: string) => Buffer.from(value);

export function compareKeys(left: (string | number)[], right: (string | number)[]): number {
  for (const [index, value] of left.entries()) {
    const other = right[index];
    const order =
      typeof value === 'number' ? value - Number(other) : Buffer.compare(bytesOf(value), bytesOf(String(other)));
    if (order !== 0) return order;
  }
  return 0;
}

export const pageDecisions = {
  compareKeys,

  pageLimit: (asked: number | undefined): number => asked ?? 20,

  /** The items that follow a position, all of them, in order. */
  itemsAfter<Item>({ items, after, keyOf }: Walk<Item>): Item[] {
    return after ? items.filter((item) => compareKeys(keyOf(item), after.key) > 0) : items;
  },

  /** Whether there is a next page, given how many items remain and how many were served of them. */
  hasNextPage: (remaining: number, limit: number): boolean => remaining > limit,

  isCursorOfThisQuery: (claims: CursorClaims, query: Omit<CursorClaims, 'position'>): boolean =>
    claims.operation === query.operation && claims.account === query.account && claims.filters === query.filters,

  /** What follows the payload of a cursor is its signature and nothing else. */
  isSignatureRight: (sent: string[], computed: string): boolean => sent.length === 1 && sent[0] === computed,
};
