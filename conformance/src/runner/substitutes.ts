import type { Part } from '../../report/stream.ts';

/** What stands in the place of a text wherever a request has it. */
export type Substitute = { text: string; parts: Part[] };
/** Variables by the names that they stand for. */
export type Names = Map<string, string>;

/** Names that there may be only once, see `uniqueName`. */
const UNIQUE = /(?<![0-9a-zA-Z])(?:[0-9a-f]{16}|[0-9A-F]{16})(?![0-9a-zA-Z])/g;
const INSTANT = /(?<!\d)\d{4}-\d\d-\d\dT\d\d(?::|%3A)\d\d(?::|%3A)\d\d\.\d{3}Z/g;

/** The names in a text; the same name is the same variable, in whatever case. */
export function namesIn(text: string, names: Names): Substitute[] {
  return [...text.matchAll(UNIQUE)].map(([found]) => {
    const key = found.toLowerCase();
    const variable = names.get(key) ?? `NAME_${names.size + 1}`;
    names.set(key, variable);
    return { text: found, parts: [{ variable }] };
  });
}

/** The instants in a text, in milliseconds since `began`. */
export function instantsIn(text: string, began: number): Substitute[] {
  return [...text.matchAll(INSTANT)].flatMap(([found]) => {
    const instant = Date.parse(found.replaceAll('%3A', ':')) - began;
    return Number.isNaN(instant) ? [] : [{ text: found, parts: [{ instant }] }];
  });
}

/** The text with every substitute in the place of its text, the longest first. */
export function splitBy(text: string, substitutes: readonly Substitute[]): Part[] {
  let parts: Part[] = [text];
  for (const { text: sought, parts: put } of substitutes.toSorted(
    (one, other) => other.text.length - one.text.length,
  )) {
    parts = parts.flatMap((piece) => (typeof piece === 'string' ? between(piece.split(sought), put) : [piece]));
  }
  return joined(parts);
}

function joined(parts: readonly Part[]): Part[] {
  const whole: Part[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (typeof part === 'string' && typeof last === 'string') whole[whole.length - 1] = last + part;
    else if (part !== '') whole.push(part);
  }
  return whole;
}

function between(pieces: string[], put: Part[]): Part[] {
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [...put, piece]));
}
