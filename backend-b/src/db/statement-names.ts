// A connection keeps every statement that has a name for as long as it lives.
const MOST_NAMES = 300;

/**
 * Names statements, so that each is parsed and planned once a connection: the hot paths by the comment that they begin
 * with, Prisma's own in the order they come. Those beyond the limit stay unnamed, as an empty name says, and so does what
 * has no parameters and nothing to plan, such as BEGIN.
 */
export function createStatementNames(): (statement: { sql: string; args: readonly unknown[] }) => string {
  const names = new Map<string, string>();
  return ({ sql, args }) => {
    const own = ownName(sql);
    if (own !== undefined || args.length === 0) return own ?? '';
    const known = names.get(sql);
    if (known !== undefined || names.size === MOST_NAMES) return known ?? '';
    const name = `orm_${names.size + 1}`;
    names.set(sql, name);
    return name;
  };
}

/** The name that a statement of a hot path gives itself. */
export function ownName(sql: string): string | undefined {
  return /^\/\* (\w+) \*\//.exec(sql)?.[1];
}
