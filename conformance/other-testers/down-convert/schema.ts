import type { JsonObject } from '../../src/driver/contract.ts';
import type { Note } from './change.ts';

/** All that a Schema Object of OpenAPI 3.0 may hold, beside extensions. */
const KNOWN = new Set(
  `title multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems
  uniqueItems maxProperties minProperties required enum type not allOf oneOf anyOf items properties additionalProperties
  description format default nullable discriminator readOnly writeOnly xml externalDocs example deprecated`.split(
    /\s+/,
  ),
);

type Rewriting = (value: unknown, note: (done: string, isLoss?: boolean) => void) => JsonObject;

/** What 3.0 says in other words. */
const REWRITINGS: Record<string, Rewriting> = {
  const(value, note) {
    note('became an enum of one value');
    return { enum: [value] };
  },
  type(value, note) {
    if (!Array.isArray(value)) return { type: value };
    const types = value.filter((type) => type !== 'null');
    const nullable = types.length < value.length && { nullable: true };
    if (types.length === 1) {
      note('became the one type, nullable');
      return { type: types[0], ...nullable };
    }
    note('became anyOf, a branch for each type');
    return { anyOf: types.map((type) => ({ type })), ...nullable };
  },
  examples(value, note) {
    const [first, ...others] = value as unknown[];
    note(others.length > 0 ? 'became example, the first one alone' : 'became example', others.length > 0);
    return { example: first };
  },
  exclusiveMinimum: exclusive('minimum'),
  exclusiveMaximum: exclusive('maximum'),
  pattern(value, note) {
    if (!/\\[pP]\{|\\u\{/.test(String(value))) return { pattern: value };
    note('was left out: the expressions of 3.0 (ECMA-262 5.1) have no properties of Unicode', true);
    return {};
  },
};

function exclusive(bound: string): Rewriting {
  const keyword = `exclusiveM${bound.slice(1)}`;
  return (value, note) => {
    if (typeof value !== 'number') return { [keyword]: value };
    note(`became ${bound}, and true`);
    return { [bound]: value, [keyword]: true };
  };
}

/**
 * A Schema Object in the words of OpenAPI 3.0; its subschemas are converted already.
 * A reference stands alone in 3.0: with anything beside it, it goes into an allOf.
 */
export function convertSchema(schema: JsonObject, note: Note): JsonObject {
  const { $ref: reference, ...rest } = schema;
  if (Object.keys(rest).length === 0) return schema;
  const converted = convertKeywords(rest, note);
  if (reference === undefined) return converted;
  note({ keyword: '$ref', done: 'went into an allOf, since other keywords stand beside it', isLoss: false });
  const { allOf, ...others } = converted;
  return { allOf: [{ $ref: reference }, ...((allOf as unknown[] | undefined) ?? [])], ...others };
}

function convertKeywords(schema: JsonObject, note: Note): JsonObject {
  const converted: JsonObject = {};
  for (const [keyword, value] of Object.entries(schema)) {
    const rewrite = REWRITINGS[keyword];
    if (rewrite) {
      Object.assign(
        converted,
        rewrite(value, (done, isLoss = false) => note({ keyword, done, isLoss })),
      );
    } else if (KNOWN.has(keyword) || keyword.startsWith('x-')) converted[keyword] = value;
    else note({ keyword, done: 'was left out: 3.0 has no such keyword', isLoss: true });
  }
  return converted;
}
