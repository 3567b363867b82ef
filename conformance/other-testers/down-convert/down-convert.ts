import { asObject, type JsonObject } from '../../src/driver/contract.ts';
import type { Change, Note } from './change.ts';
import { convertSchema } from './schema.ts';

/** Objects of an OpenAPI document that differ between 3.1 and 3.0, or hold others that do. */
type Kind =
  | 'document'
  | 'info'
  | 'license'
  | 'components'
  | 'pathItem'
  | 'operation'
  | 'requestBody'
  | 'response'
  | 'mediaType'
  | 'described'
  | 'schema';
type Shape = 'one' | 'list' | 'map';

const operation: [Shape, Kind] = ['one', 'operation'];
const schema: [Shape, Kind] = ['one', 'schema'];
const schemas: [Shape, Kind] = ['list', 'schema'];
const content: [Shape, Kind] = ['map', 'mediaType'];
const parameters: [Shape, Kind] = ['list', 'described'];

/** Which members of an object are others to be converted. What is not named here (examples above all) stays as it is. */
const MEMBERS: Record<Kind, Record<string, [Shape, Kind]>> = {
  document: { info: ['one', 'info'], paths: ['map', 'pathItem'], components: ['one', 'components'] },
  info: { license: ['one', 'license'] },
  license: {},
  components: {
    schemas: ['map', 'schema'],
    responses: ['map', 'response'],
    parameters: ['map', 'described'],
    headers: ['map', 'described'],
    requestBodies: ['map', 'requestBody'],
  },
  pathItem: {
    parameters,
    ...Object.fromEntries(
      ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'].map((method) => [method, operation]),
    ),
  },
  operation: { parameters, requestBody: ['one', 'requestBody'], responses: ['map', 'response'] },
  requestBody: { content },
  response: { headers: ['map', 'described'], content },
  mediaType: { schema },
  described: { schema, content },
  schema: {
    properties: ['map', 'schema'],
    items: schema,
    additionalProperties: schema,
    not: schema,
    allOf: schemas,
    anyOf: schemas,
    oneOf: schemas,
  },
};

const without =
  (...keywords: string[]) =>
  (value: JsonObject, note: Note): JsonObject => {
    for (const keyword of keywords.filter((known) => known in value))
      note({ keyword, done: 'was left out: 3.0 has no such member', isLoss: true });
    return Object.fromEntries(Object.entries(value).filter(([keyword]) => !keywords.includes(keyword)));
  };

const CONVERSIONS: Partial<Record<Kind, (value: JsonObject, note: Note) => JsonObject>> = {
  document: (value, note) => ({ ...without('webhooks', 'jsonSchemaDialect')(value, note), openapi: '3.0.3' }),
  info: without('summary'),
  license: without('identifier'),
  components: without('pathItems'),
  schema: convertSchema,
};

/**
 * Says a bundled OpenAPI 3.1 document in OpenAPI 3.0, place by place, with no eye to what it means. Done here and not by
 * a library: those that there are name their losses nowhere, and the losses are what is asked for.
 * @returns the document, and each place where it says less or says it otherwise, in the document's order
 */
export function downConvert(document: JsonObject): { document: JsonObject; changes: Change[] } {
  const changes: Change[] = [];
  return { document: convert('document', document, '', changes), changes };
}

function convert(kind: Kind, value: JsonObject, pointer: string, changes: Change[]): JsonObject {
  const note: Note = (change) => changes.push({ pointer, ...change });
  const converted = Object.entries(value).map(([name, member]) => {
    const [shape, inner] = MEMBERS[kind][name] ?? [];
    const place = `${pointer}/${escape(name)}`;
    return [name, shape && inner ? convertMember(shape, inner, member, place, changes) : member];
  });
  return CONVERSIONS[kind]?.(Object.fromEntries(converted), note) ?? Object.fromEntries(converted);
}

function convertMember(shape: Shape, kind: Kind, value: unknown, place: string, changes: Change[]): unknown {
  const each = (member: unknown, name: string): unknown => {
    const isObject = typeof member === 'object' && member !== null;
    return isObject ? convert(kind, asObject(member), `${place}${name}`, changes) : member;
  };
  if (shape === 'one') return each(value, '');
  if (shape === 'list') return (value as unknown[]).map((member, index) => each(member, `/${index}`));
  const members = Object.entries(asObject(value));
  return Object.fromEntries(members.map(([name, member]) => [name, each(member, `/${escape(name)}`)]));
}

function escape(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
