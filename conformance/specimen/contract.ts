import document from '@duet/contract/openapi.json' with { type: 'json' };

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Schema = Record<string, unknown>;
export type Parameter = { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: Schema };
export type Operation = {
  operationId: string;
  method: Method;
  template: string;
  isOpen: boolean;
  parameters: Parameter[];
  body: { schema: Schema; isRequired: boolean } | undefined;
};

type Node = Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const asNode = (value: unknown): Node => (isNode(value) ? value : {});
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export const components: Node = asNode(document.components);
export const contractVersion: string = document.info.version;

function resolved(value: unknown): Node {
  const node = asNode(value);
  if (typeof node['$ref'] !== 'string') return node;
  const steps = node['$ref'].slice(2).split('/');
  return resolved(steps.reduce<unknown>((at, step) => asNode(at)[step], document));
}

function parameterOf(value: unknown): Parameter {
  const { name, in: place, required, schema } = resolved(value);
  return {
    name: String(name),
    in: place as Parameter['in'],
    required: required === true,
    schema: asNode(schema),
  };
}

function operationOf(template: string, method: Method, pathItem: Node): Operation {
  const operation = asNode(pathItem[method.toLowerCase()]);
  const body = resolved(operation['requestBody']);
  const content = asNode(asNode(body['content'])['application/json']);
  return {
    operationId: String(operation['operationId']),
    method,
    template,
    isOpen: Array.isArray(operation['security']) && operation['security'].length === 0,
    parameters: [...asList(pathItem['parameters']), ...asList(operation['parameters'])].map(parameterOf),
    body: content['schema'] ? { schema: asNode(content['schema']), isRequired: body['required'] === true } : undefined,
  };
}

const methods: Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export const operations: Operation[] = Object.entries(document.paths).flatMap(([template, pathItem]) =>
  methods
    .filter((method) => method.toLowerCase() in pathItem)
    .map((method) => operationOf(template, method, asNode(pathItem))),
);
