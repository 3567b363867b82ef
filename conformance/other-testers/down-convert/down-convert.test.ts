import { expect, test } from 'vitest';
import { contractDocument, type JsonObject } from '../../src/driver/contract.ts';
import type { Change } from './change.ts';
import { downConvert } from './down-convert.ts';

/** A schema by itself, as the only one of a document. */
function schemaOf(schema: JsonObject): { schema: unknown; changes: Change[] } {
  const { document, changes } = downConvert({ openapi: '3.1.1', components: { schemas: { One: schema } } });
  return { schema: (document['components'] as { schemas: JsonObject }).schemas['One'], changes };
}

const pointer = '/components/schemas/One';

test('a document is of 3.0.3 and loses what its head cannot hold', () => {
  const info = { title: 'T', summary: 'S', license: { name: 'MIT', identifier: 'MIT' }, version: '1' };
  expect(downConvert({ openapi: '3.1.1', info, webhooks: {}, paths: {} })).toEqual({
    document: { openapi: '3.0.3', info: { title: 'T', license: { name: 'MIT' }, version: '1' }, paths: {} },
    changes: [
      { pointer: '/info/license', keyword: 'identifier', done: 'was left out: 3.0 has no such member', isLoss: true },
      { pointer: '/info', keyword: 'summary', done: 'was left out: 3.0 has no such member', isLoss: true },
      { pointer: '', keyword: 'webhooks', done: 'was left out: 3.0 has no such member', isLoss: true },
    ],
  });
});

test.each<[JsonObject, JsonObject, string, string]>([
  [{ const: 'ok' }, { enum: ['ok'] }, 'const', 'became an enum of one value'],
  [{ type: ['string', 'null'] }, { type: 'string', nullable: true }, 'type', 'became the one type, nullable'],
  [
    { type: ['string', 'integer', 'null'] },
    { anyOf: [{ type: 'string' }, { type: 'integer' }], nullable: true },
    'type',
    'became anyOf, a branch for each type',
  ],
  [{ examples: ['a'] }, { example: 'a' }, 'examples', 'became example'],
  [{ exclusiveMinimum: 0 }, { minimum: 0, exclusiveMinimum: true }, 'exclusiveMinimum', 'became minimum, and true'],
  [
    { $ref: '#/components/schemas/Two', maxLength: 3 },
    { allOf: [{ $ref: '#/components/schemas/Two' }], maxLength: 3 },
    '$ref',
    'went into an allOf, since other keywords stand beside it',
  ],
])('%j means the same as %j', (given, expected, keyword, done) => {
  expect(schemaOf(given)).toEqual({ schema: expected, changes: [{ pointer, keyword, done, isLoss: false }] });
});

test.each<[JsonObject, JsonObject, string, string]>([
  [{ examples: [1, 2] }, { example: 1 }, 'examples', 'became example, the first one alone'],
  [{ contentMediaType: 'text/html' }, {}, 'contentMediaType', 'was left out: 3.0 has no such keyword'],
  [
    { type: 'string', pattern: '^\\p{L}$' },
    { type: 'string' },
    'pattern',
    'was left out: the expressions of 3.0 (ECMA-262 5.1) have no properties of Unicode',
  ],
])('%j loses something', (given, expected, keyword, done) => {
  expect(schemaOf(given)).toEqual({ schema: expected, changes: [{ pointer, keyword, done, isLoss: true }] });
});

test.each<[JsonObject]>([
  [{ $ref: '#/components/schemas/Two' }],
  [{ type: 'string', pattern: '^[a-z]$', maxLength: 4, 'x-mark': { const: 1 } }],
  [{ type: 'object', additionalProperties: false, required: ['a'] }],
  [{ default: { const: 1 }, enum: [{ type: ['a'] }] }],
])('%j is left as it is', (given) => {
  expect(schemaOf(given)).toEqual({ schema: given, changes: [] });
});

test('schemas are found wherever they stand, and examples are none', () => {
  const inner = { const: 1 };
  const example = { value: { const: 1, type: ['string', 'null'] } };
  const media = { 'application/json': { schema: { items: inner }, examples: { one: example } } };
  const { document, changes } = downConvert({
    paths: {
      '/a/{b}': {
        parameters: [{ name: 'b', schema: inner }],
        get: { responses: { 200: { headers: { X: { schema: inner } }, content: media } } },
        post: { requestBody: { content: media }, responses: {} },
      },
    },
  });
  expect(changes.map((change) => change.pointer)).toEqual([
    '/paths/~1a~1{b}/parameters/0/schema',
    '/paths/~1a~1{b}/get/responses/200/headers/X/schema',
    '/paths/~1a~1{b}/get/responses/200/content/application~1json/schema/items',
    '/paths/~1a~1{b}/post/requestBody/content/application~1json/schema/items',
  ]);
  expect(document).toMatchObject({
    paths: { '/a/{b}': { post: { requestBody: { content: { 'application/json': { examples: { one: example } } } } } } },
  });
});

test("the contract's own losses are these", () => {
  const { changes } = downConvert(contractDocument);
  const lost = changes.filter(({ isLoss }) => isLoss).map(({ pointer, keyword }) => `${pointer} ${keyword}`);
  expect(lost).toEqual([
    '/info/license identifier',
    '/info summary',
    '/paths/~1v1~1events/get/responses/200/content/text~1event-stream/schema contentMediaType',
    '/paths/~1v1~1events/get/responses/200/content/text~1event-stream/schema contentSchema',
    '/components/schemas/Email pattern',
    '/components/schemas/AnyText pattern',
    '/components/schemas/VisibleText pattern',
    '/components/schemas/Account/properties/email pattern',
    '/components/schemas/Reason pattern',
    '/components/schemas/SendMessageRequest/properties/body pattern',
  ]);
});
