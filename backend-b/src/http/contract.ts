import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { components, operations } from '@duet/contract/types';

export type OperationId = keyof operations;
export type Schemas = components['schemas'];
export type JsonSchema = { [keyword: string]: unknown };

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: JsonSchema;
}

interface MediaTypes {
  [mediaType: string]: { schema: JsonSchema };
}

interface OperationObject {
  operationId: string;
  security?: unknown[];
  parameters?: (Parameter | Reference)[];
  requestBody?: { required?: boolean; content: MediaTypes };
  responses: Record<string, { content?: MediaTypes } | Reference>;
}

interface Reference {
  $ref: string;
}

interface Document {
  info: { version: string };
  paths: Record<string, Record<string, OperationObject> & { parameters?: (Parameter | Reference)[] }>;
  components: Record<string, Record<string, unknown>>;
}

export interface Operation {
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The documented template, such as /v1/appointments/{appointmentId}. */
  path: string;
  needsSession: boolean;
  parameters: Parameter[];
  body: 'none' | 'optional' | 'required';
  bodySchema: JsonSchema | undefined;
  /** The media type of its body. */
  bodyType: string | undefined;
  /** Status, then media type, then the schema of the body. */
  responses: Record<string, Record<string, JsonSchema>>;
}

const DOCUMENT_ID = 'contract';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const file = fileURLToPath(import.meta.resolve('@duet/contract/openapi.json'));
// Schemas are compiled apart from their document, so a reference has to name it.
const text = readFileSync(file, 'utf8').replaceAll(/("\$ref":\s*")#/g, `$1${DOCUMENT_ID}#`);
const document = JSON.parse(text) as Document;

export const contractVersion = document.info.version;

/** The contract's components, which every schema of an operation refers to. */
export const contractComponents = { $id: DOCUMENT_ID, type: 'object' as const, components: document.components };

const operationsById = new Map(
  Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [[operation.operationId, toOperation(path, method, operation, item.parameters ?? [])]] : [];
    }),
  ),
);

/** Every operation that the contract documents. */
export function documentedOperations(): Operation[] {
  return [...operationsById.values()];
}

/** An operation as the contract documents it. */
export function documentedOperation(id: OperationId): Operation {
  const operation = operationsById.get(id);
  if (!operation) throw new Error(`The contract documents no operation ${id}`);
  return operation;
}

/** A reference to a named schema of the contract. */
export function schemaReference(name: keyof Schemas): { $ref: string } {
  return { $ref: `${DOCUMENT_ID}#/components/schemas/${name}` };
}

function toOperation(
  path: string,
  method: (typeof METHODS)[number],
  operation: OperationObject,
  shared: (Parameter | Reference)[],
): [string, Operation][1] {
  const { requestBody } = operation;
  return {
    id: operation.operationId,
    method: method.toUpperCase() as Operation['method'],
    path,
    needsSession: operation.security === undefined,
    parameters: [...shared, ...(operation.parameters ?? [])].map((parameter) => resolve<Parameter>(parameter)),
    body: requestBody ? (requestBody.required ? 'required' : 'optional') : 'none',
    bodySchema: requestBody && Object.values(requestBody.content)[0]?.schema,
    bodyType: requestBody && Object.keys(requestBody.content)[0],
    responses: Object.fromEntries(
      Object.entries(operation.responses).map(([status, response]) => [status, responseSchemas(response)]),
    ),
  };
}

function responseSchemas(response: { content?: MediaTypes } | Reference): Record<string, JsonSchema> {
  const { content = {} } = resolve<{ content?: MediaTypes }>(response);
  return Object.fromEntries(Object.entries(content).map(([mediaType, { schema }]) => [mediaType, schema]));
}

function resolve<T>(value: T | Reference): T {
  if (typeof value !== 'object' || value === null || !('$ref' in value)) return value as T;
  const [, , group = '', name = ''] = value.$ref.split('/');
  return document.components[group]?.[name] as T;
}
