import document from '@duet/contract/openapi.json' with { type: 'json' };

export type Schema = Record<string, unknown>;
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type DocumentedParameter = { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: Schema };
export type DocumentedOperation = {
  operationId: string;
  method: Method;
  template: string;
  isOpen: boolean;
  parameters: DocumentedParameter[];
  body: { schema: Schema; isRequired: boolean } | undefined;
};

export const contractVersion: string = document.info.version;

/** A schema that refers to the document's others, and can stand alone. */
export const standing = (schema: Schema): Schema => ({
  ...schema,
  components: { schemas: document.components.schemas },
});

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const tree = (value: unknown): Schema => (typeof value === 'object' && value !== null ? (value as Schema) : {});
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function followed(value: unknown): Schema {
  const { $ref: reference } = tree(value);
  if (typeof reference !== 'string') return tree(value);
  return followed(reference.slice(2).split('/').reduce<unknown>((at, step) => tree(at)[step], document)); // prettier-ignore
}

function parameterOf(value: unknown): DocumentedParameter {
  const { name, in: place, required, schema } = followed(value);
  return {
    name: String(name),
    in: place as DocumentedParameter['in'],
    required: required === true,
    schema: tree(schema),
  };
}

function operationAt(template: string, method: Method, item: Schema): DocumentedOperation {
  const operation = tree(item[method.toLowerCase()]);
  const body = followed(operation['requestBody']);
  const { schema } = tree(tree(body['content'])['application/json']);
  return {
    operationId: String(operation['operationId']),
    method,
    template,
    isOpen: Array.isArray(operation['security']) && operation['security'].length === 0,
    parameters: [...list(item['parameters']), ...list(operation['parameters'])].map(parameterOf),
    body: schema === undefined ? undefined : { schema: tree(schema), isRequired: body['required'] === true },
  };
}

export const documentedOperations: readonly DocumentedOperation[] = Object.entries(document.paths).flatMap(
  ([template, item]) =>
    methods.filter((method) => method.toLowerCase() in item).map((method) => operationAt(template, method, tree(item))),
);
