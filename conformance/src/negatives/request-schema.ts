import { asObject, type JsonObject } from '../driver/contract.ts';

export type Part = 'body' | 'query' | 'path' | 'header';
/** A place of a request as `errors` names it: for the body a JSON pointer, else `/` and the name as documented. */
export type Place = { in: Part; pointer: string };
export type Constraint = { keyword: string; value: unknown };
/** A place that the contract describes, with every keyword that holds there, those of its `$ref`s included. */
export type Described = Place & { isRequired: boolean; constraints: Constraint[] };

const ANNOTATIONS = ['description', 'title', 'default', 'example', 'examples', 'deprecated'];
const JSON_TYPE = 'application/json';

/**
 * The places of an operation's request: its parameters, then its body and all properties below it. A form has none:
 * whatever is sent in it is text, so nothing of it can break its schema.
 * @throws Error when the document has no such operation, or a form that text could break
 */
export function describeRequest(document: JsonObject, operationId: string): Described[] {
  const { pathItem, operation } = findOperation(document, operationId);
  const parameters = [...listOf(pathItem['parameters']), ...listOf(operation['parameters'])].map((one) =>
    describeParameter(document, follow(document, one)),
  );
  const body = follow(document, operation['requestBody']);
  return [...parameters, ...describeBody(document, body)];
}

/** Whether the operation takes a form, of which unknown fields are no error. */
export function takesForm(document: JsonObject, operationId: string): boolean {
  const body = follow(document, findOperation(document, operationId).operation['requestBody']);
  return 'content' in body && !(JSON_TYPE in asObject(body['content']));
}

export function keywordAt(place: Described, keyword: string): unknown {
  return place.constraints.find((constraint) => constraint.keyword === keyword)?.value;
}

export function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function findOperation(document: JsonObject, operationId: string): { pathItem: JsonObject; operation: JsonObject } {
  for (const item of Object.values(asObject(document['paths']))) {
    const pathItem = asObject(item);
    const operation = Object.values(pathItem)
      .map(asObject)
      .find((one) => one['operationId'] === operationId);
    if (operation) return { pathItem, operation };
  }
  throw new Error(`the contract has no operation ${operationId}`);
}

function describeParameter(document: JsonObject, parameter: JsonObject): Described {
  return {
    in: String(parameter['in']) as Part,
    pointer: `/${escaped(String(parameter['name']))}`,
    isRequired: parameter['required'] === true,
    constraints: constraintsOf(document, parameter['schema']),
  };
}

function describeBody(document: JsonObject, body: JsonObject): Described[] {
  const content = asObject(body['content']);
  if (JSON_TYPE in content) {
    const schema = asObject(content[JSON_TYPE])['schema'];
    return describeValue(document, schema, { in: 'body', pointer: '', isRequired: body['required'] === true });
  }
  for (const [type, { schema }] of Object.entries(content as Record<string, { schema?: unknown }>)) {
    const fields = Object.values(asObject(follow(document, schema)['properties'])).map(asObject);
    if (follow(document, schema)['additionalProperties'] !== true || fields.some((field) => field['type'] !== 'string'))
      throw new Error(`no negatives are known for a body of ${type} that is closed or holds more than text`);
  }
  return [];
}

function describeValue(document: JsonObject, schema: unknown, at: Omit<Described, 'constraints'>): Described[] {
  const constraints = constraintsOf(document, schema);
  const place: Described = { ...at, constraints };
  const required = listOf(keywordAt(place, 'required'));
  const children = Object.entries(asObject(keywordAt(place, 'properties'))).flatMap(([name, child]) =>
    describeValue(document, child, {
      in: 'body',
      pointer: `${at.pointer}/${escaped(name)}`,
      isRequired: required.includes(name),
    }),
  );
  return [place, ...children];
}

/** A schema's keywords beside those of what it refers to: in JSON Schema 2020-12 both hold. */
function constraintsOf(document: JsonObject, schema: unknown): Constraint[] {
  const constraints = Object.entries(asObject(schema)).flatMap(([keyword, value]) => {
    if (keyword === '$ref') return constraintsOf(document, follow(document, { $ref: value }));
    return ANNOTATIONS.includes(keyword) ? [] : [{ keyword, value }];
  });
  const texts = constraints.map((one) => JSON.stringify(one));
  return constraints.filter((_, index) => texts.indexOf(texts[index] ?? '') === index);
}

function follow(document: JsonObject, value: unknown): JsonObject {
  const node = asObject(value);
  const reference = node['$ref'];
  if (typeof reference !== 'string') return node;
  const steps = reference.split('/').slice(1);
  return steps.reduce<JsonObject>(
    (at, step) => asObject(at[step.replaceAll('~1', '/').replaceAll('~0', '~')]),
    document,
  );
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
