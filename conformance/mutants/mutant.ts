/** Text from `start` up to `end` (offsets in UTF-16 units) that becomes `after`. */
export type Replacement = { operator: string; start: number; end: number; after: string };

/** One small mechanical change of a backend's source. */
export type Mutant = Replacement & {
  /** The same as long as its declaration stays as it is: file, declaration, operator and which of them. */
  id: string;
  /** From the backend's folder on. */
  file: string;
  line: number;
  before: string;
};

/** The text with one replacement made. */
export function applied(text: string, { start, end, after }: Replacement): string {
  return text.slice(0, start) + after + text.slice(end);
}

/** A piece of source on one line. */
export function onOneLine(text: string): string {
  return text.trim() === '' ? '(nothing)' : text.trim().replaceAll(/\s+/g, ' ');
}

/**
 * Names the replacements of a file in the order of their places; those that change nothing, or the same as an earlier one,
 * are left out.
 * @param nameAt the declaration around an offset
 */
export function named(
  file: string,
  text: string,
  replacements: readonly Replacement[],
  nameAt: (offset: number) => string,
): Mutant[] {
  const counts = new Map<string, number>();
  const results = new Set([text]);
  return replacements
    .toSorted((one, other) => one.start - other.start || one.operator.localeCompare(other.operator))
    .flatMap((replacement) => {
      const result = applied(text, replacement);
      if (results.has(result)) return [];
      results.add(result);
      const { start, end, operator } = replacement;
      const base = [file, nameAt(start), operator].filter(Boolean).join(' ');
      const count = (counts.get(base) ?? 0) + 1;
      counts.set(base, count);
      const line = text.slice(0, start).split('\n').length;
      return [{ ...replacement, id: `${base} ${count}`, file, line, before: text.slice(start, end) }];
    });
}
