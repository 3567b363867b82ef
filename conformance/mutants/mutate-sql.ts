import type { Replacement } from './mutant.ts';

/** What a place in a statement becomes; undefined leaves it. `before` is the text up to it. */
type Operator = { name: string; at: RegExp; becomes(found: string, before: string): string | undefined };

const BOUNDARIES: Record<string, string> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' };
const CLAUSE = /\b(SET|WHERE|ON|HAVING|WHEN|CHECK|SELECT|VALUES|RETURNING)\b/g;

const OPERATORS: readonly Operator[] = [
  { name: 'boundary', at: /(?<![<>=!@|-])(?:<=|>=|<|>)(?![<>=@])/g, becomes: (found) => BOUNDARIES[found] },
  {
    name: 'equality',
    at: /(?<![<>=!:])=(?![=>])|<>/g,
    becomes(found, before) {
      if (found === '<>') return '=';
      const isCondition = before.match(CLAUSE)?.at(-1) !== 'SET' && !/\bWITH\s+$/.test(before);
      return isCondition ? '<>' : undefined;
    },
  },
  {
    name: 'connective',
    at: /\b(?:AND|OR)\b/g,
    becomes(found, before) {
      if (/\bBETWEEN\s+\S+\s+$/.test(before)) return undefined;
      return found === 'AND' ? 'OR' : 'AND';
    },
  },
  { name: 'lock', at: /\s+FOR (?:NO KEY UPDATE|UPDATE|KEY SHARE|SHARE)(?: OF \w+)?/g, becomes: () => '' },
  { name: 'direction', at: /\b(?:ASC|DESC)\b/g, becomes: (found) => (found === 'ASC' ? 'DESC' : 'ASC') },
  {
    name: 'direction',
    at: /\bORDER BY [\w.]+(?=\s*(?:\)|\bLIMIT\b|\bFOR\b|$))/g,
    becomes: (found) => `${found} DESC`,
  },
  {
    name: 'null',
    at: /\bIS (?:NOT )?NULL\b/g,
    becomes: (found) => (found === 'IS NULL' ? 'IS NOT NULL' : 'IS NULL'),
  },
  {
    name: 'existence',
    at: /\b(?:NOT )?EXISTS\b(?=\s*\()/g,
    becomes: (found) => (found === 'EXISTS' ? 'NOT EXISTS' : 'EXISTS'),
  },
  { name: 'join', at: /\b(?:LEFT )?JOIN\b/g, becomes: (found) => (found === 'JOIN' ? 'LEFT JOIN' : 'JOIN') },
  {
    name: 'number',
    at: /(?<![\w$.:'-])\d+(?![\w.'])/g,
    // Not a type's precision.
    becomes: (found, before) =>
      /\b(?:timestamptz|varchar|numeric)\($/.test(before) ? undefined : `${Number(found) + 1}`,
  },
  { name: 'arithmetic', at: /(?<= )[+-](?= )/g, becomes: (found) => (found === '+' ? '-' : '+') },
  { name: 'range', at: /'\[[)\]]'/g, becomes: (found) => (found === "'[)'" ? "'[]'" : "'[)'") },
  { name: 'distinct', at: /\bDISTINCT /g, becomes: () => '' },
  { name: 'unique index', at: /\bUNIQUE (?=INDEX\b)/g, becomes: () => '' },
];

const IS_SQL = /\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|FROM|JOIN|WHERE|CASE WHEN|MATERIALIZED)\b/;

/** Whether a text is a statement, or a part of one. */
export function isSql(text: string): boolean {
  return IS_SQL.test(text);
}

/** Every small change of a statement, or of a part of one, that leaves it a statement. */
export function mutateSql(text: string): Replacement[] {
  const code = withoutComments(text);
  const changes = OPERATORS.flatMap(({ name, at, becomes }) =>
    [...code.matchAll(at)].flatMap((match) => {
      const [found] = match;
      const after = becomes(found, code.slice(0, match.index));
      return after === undefined
        ? []
        : [{ operator: name, start: match.index, end: match.index + found.length, after }];
    }),
  );
  return [...changes, ...withoutConstraints(code)];
}

/** Comments are made blank, so that offsets stay. */
function withoutComments(text: string): string {
  return text.replaceAll(/--[^\n]*|\/\*[^]*?\*\//g, (comment) => ' '.repeat(comment.length));
}

/** Each named constraint of a table or a column is left out; a foreign key guards against what no request can bring about. */
function withoutConstraints(code: string): Replacement[] {
  return [...code.matchAll(/\bCONSTRAINT \w+/g)].flatMap((match) => {
    const end = endOfConstraint(code, match.index + match[0].length);
    if (/\bREFERENCES\b/.test(code.slice(match.index, end))) return [];
    const before = /,?\s*$/.exec(code.slice(0, match.index))?.[0] ?? '';
    return [{ operator: 'constraint', start: match.index - before.length, end, after: '' }];
  });
}

/** Where the table's next part, the column's next one, or the table's end comes. */
function endOfConstraint(code: string, from: number): number {
  let depth = 0;
  for (let index = from; index < code.length; index += 1) {
    const isNext = depth === 0 && /^\s+(?:CONSTRAINT|NOT NULL|DEFAULT)\b/.test(code.slice(index, index + 40));
    if (isNext || (depth === 0 && /[,);]/.test(code[index] ?? ''))) return index;
    if (code[index] === '(') depth += 1;
    if (code[index] === ')') depth -= 1;
  }
  return code.trimEnd().length;
}
