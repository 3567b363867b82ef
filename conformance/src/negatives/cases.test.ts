import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../driver/contract.ts';
import { type Case, negativesOf } from './cases.ts';
import { nameOf } from './judge-case.ts';

function documentOf(operation: object, schemas: object = {}): JsonObject {
  return { paths: { '/things': { post: { operationId: 'makeThing', ...operation } } }, components: { schemas } };
}

function withBody(schema: object, schemas: object = {}): JsonObject {
  return documentOf({ requestBody: { required: true, content: { 'application/json': { schema } } } }, schemas);
}

function withQuery(schema: object): JsonObject {
  return documentOf({ parameters: [{ name: 'size', in: 'query', schema }] });
}

/** Each case in one line: place, keyword, what is sent, and the place that is refused. */
function told(cases: Case[]): string[] {
  return cases.map(({ at, keyword, change, expected }) => {
    const sent = 'to' in change ? JSON.stringify(change.to) : 'isAbsent' in change ? 'absent' : 'twice';
    const verdict =
      expected === 'accepted' ? 'ok' : 'place' in expected ? `refused ${nameOf(expected.place)}` : expected.code;
    return `${nameOf(at)}: ${keyword} ${sent} ${verdict}`;
  });
}

const ofKeyword = (document: JsonObject, keyword: string) =>
  told(negativesOf(document, 'makeThing').filter((one) => one.keyword === keyword && one.at.pointer !== ''));

const property = (schema: object) => withBody({ type: 'object', properties: { size: schema } });

describe('both sides of a keyword', () => {
  test('are those of a bound and one beyond', () => {
    const document = property({ type: 'integer', minimum: 1, maximum: 100 });
    expect(ofKeyword(document, 'minimum')).toEqual([
      'body /size: minimum 1 ok',
      'body /size: minimum 0 refused body /size',
    ]);
    expect(ofKeyword(document, 'maximum')).toEqual(['body /size: maximum 100 ok', 'body /size: maximum 101 refused body /size']); // prettier-ignore
  });

  test('are a multiple and what lies beside it', () => {
    const document = property({ type: 'integer', minimum: 5, maximum: 120, multipleOf: 5 });
    expect(ofKeyword(document, 'multipleOf')).toEqual([
      'body /size: multipleOf 10 ok',
      'body /size: multipleOf 9 refused body /size',
      'body /size: multipleOf 11 refused body /size',
    ]);
    expect(ofKeyword(document, 'maximum')).toContain('body /size: maximum 125 refused body /size');
  });

  test('are lengths in code points', () => {
    const document = property({ type: 'string', minLength: 2, maxLength: 3 });
    expect(ofKeyword(document, 'minLength')).toEqual(['body /size: minLength "a" refused body /size', 'body /size: minLength "𝄞𝄞" ok']); // prettier-ignore
    expect(ofKeyword(document, 'maxLength')).toEqual(['body /size: maxLength "𝄞𝄞𝄞" ok', 'body /size: maxLength "aaaa" refused body /size']); // prettier-ignore
  });

  test('are each value of an enum, and strangers', () => {
    expect(ofKeyword(property({ type: 'string', enum: ['small', 'big'] }), 'enum')).toEqual([
      'body /size: enum "small" ok',
      'body /size: enum "big" ok',
      'body /size: enum "stranger" refused body /size',
      'body /size: enum "" refused body /size',
      'body /size: enum "SMALL" refused body /size',
      'body /size: enum "small " refused body /size',
    ]);
  });

  test('are every other type, and null', () => {
    expect(ofKeyword(property({ type: 'integer', minimum: 1 }), 'type')).toEqual([
      'body /size: type "1" refused body /size',
      'body /size: type 5.5 refused body /size',
      'body /size: type true refused body /size',
      'body /size: type {} refused body /size',
      'body /size: type [1] refused body /size',
      'body /size: type null refused body /size',
    ]);
  });

  test('are an object of so many bytes or levels, and one more', () => {
    const document = property({ type: 'object', 'x-max-json-bytes': 12, 'x-max-json-depth': 2 });
    expect(ofKeyword(document, 'x-max-json-bytes')).toEqual([
      'body /size: x-max-json-bytes {"x":"éé"} ok',
      'body /size: x-max-json-bytes {"x":"ééa"} refused body /size',
    ]);
    expect(ofKeyword(document, 'x-max-json-depth')).toEqual([
      'body /size: x-max-json-depth {"x":{}} ok',
      'body /size: x-max-json-depth {"x":{"x":{}}} refused body /size',
    ]);
  });
});

describe('presence', () => {
  test('is asked for where it is required, and nowhere else', () => {
    const schema = {
      type: 'object',
      required: ['a'],
      properties: { a: { type: 'object' }, 'b/c': { type: 'object' } },
    };
    expect(told(negativesOf(withBody(schema), 'makeThing').filter(({ keyword }) => keyword === 'required'))).toEqual([
      'body : required absent malformed-body',
      'body /a: required absent refused body /a',
      'body /b~1c: required absent ok',
    ]);
  });

  test('of a stranger is refused by a closed object alone', () => {
    const closed = { type: 'object', additionalProperties: false, properties: { a: { type: 'object' } } };
    expect(
      told(negativesOf(withBody(closed), 'makeThing').filter(({ keyword }) => keyword === 'additionalProperties')),
    ).toEqual([
      'body : additionalProperties "x" refused body /notDocumented',
      'body : additionalProperties "x" refused body /A',
    ]);
    const open = withBody({ type: 'object', additionalProperties: true });
    expect(told(negativesOf(open, 'makeThing'))).toContain('body : additionalProperties "x" ok');
  });
});

describe('a parameter', () => {
  test('is text on its way: what is valid there is no negative', () => {
    const cases = told(negativesOf(withQuery({ type: 'integer', minimum: 1, maximum: 9 }), 'makeThing'));
    expect(cases).toContain('query /size: minimum "0" refused query /size');
    expect(cases).toContain('query /size: type "null" refused query /size');
    expect(cases).not.toContain('query /size: type "1" refused query /size');
    expect(told(negativesOf(withQuery({ type: 'string' }), 'makeThing'))).toEqual([
      'query /size: required absent ok',
      'query /size: type "" ok',
      'query /size: repeated twice refused query /size',
      'query /notDocumented: unknown "1" refused query /notDocumented',
      'query /SIZE: unknown "1" refused query /SIZE',
    ]);
  });

  test('of a path is never absent and never empty', () => {
    const uuid = { type: 'string', pattern: '^[!-~]+$' };
    const document = documentOf({ parameters: [{ name: 'id', in: 'path', required: true, schema: uuid }] });
    const cases = negativesOf(document, 'makeThing').filter(({ at }) => at.in === 'path');
    expect(cases.length).toBeGreaterThan(0);
    expect(cases.every(({ change }) => 'to' in change && change.to !== '')).toBe(true);
  });

  test('of a header holds what a header can hold', () => {
    const key = { type: 'string', pattern: '^[!-~]+$', minLength: 1 };
    const document = documentOf({ parameters: [{ name: 'Key', in: 'header', schema: key }] });
    const sent = negativesOf(document, 'makeThing').flatMap(({ at, change }) =>
      at.in === 'header' && 'to' in change ? [change.to] : [],
    );
    expect(sent).toEqual(['!', '~', '0', 'a-b:c/d?e="f"', 'K,L;M', 'a b', 'a\tb', 'clé', '\u0080', '', 'a']);
  });
});

test('keywords of a reference hold beside its own', () => {
  const short = { type: 'string', $ref: '#/components/schemas/Text', maxLength: 2 };
  const cases = ofKeyword(
    withBody({ type: 'object', properties: { size: short } }, { Text: { type: 'string', minLength: 1 } }),
    'minLength',
  );
  expect(cases).toEqual(['body /size: minLength "" refused body /size', 'body /size: minLength "𝄞" ok']);
});

test('a form of text alone has no negatives', () => {
  const form = (schema: object) =>
    documentOf({ requestBody: { content: { 'application/x-www-form-urlencoded': { schema } } } });
  expect(negativesOf(form({ additionalProperties: true, properties: { a: { type: 'string' } } }), 'makeThing')).toEqual(
    [],
  );
});

test('a keyword, type, pattern or format that is not known fails', () => {
  const sides = (schema: object) => () => negativesOf(property(schema), 'makeThing');
  expect(sides({ type: 'array', uniqueItems: true })).toThrow('no two sides are known of the type array');
  expect(sides({ contains: {} })).toThrow('body /size: no two sides are known of the keyword contains');
  expect(sides({ type: 'string', pattern: '^x$' })).toThrow('no texts are known on both sides of the pattern ^x$');
  expect(sides({ type: 'string', format: 'ipv4' })).toThrow('no texts are known on both sides of the format ipv4');
});
