import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { operations } from '@duet/contract/types';

export type OperationId = keyof operations;

/** The parts of a JSON Schema that are looked at here. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

interface Reference {
  readonly $ref?: string;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

interface MediaTypes {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface DocumentedOperation {
  readonly operationId?: OperationId;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: (MediaTypes & { readonly required?: boolean }) & Reference;
  readonly responses: Readonly<Record<string, MediaTypes & Reference>>;
}

type PathItem = Readonly<Record<string, DocumentedOperation>> & {
  readonly parameters?: DocumentedOperation['parameters'];
};

export interface OpenApiDocument {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: Schema;
}

/** What the contract says about one operation, with every reference outside of schemas followed. */
export interface Operation {
  readonly operationId: OperationId;
  readonly method: string;
  /** The path template, such as /v1/appointments/{appointmentId}. */
  readonly path: string;
  readonly isOpen: boolean;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly isRequired: boolean; readonly mediaType: string; readonly schema: Schema } | null;
  /** By status: the documented media types and their schemas. */
  readonly responses: ReadonlyMap<number, Readonly<Record<string, Schema>>>;
}

export interface Contract {
  readonly document: OpenApiDocument;
  readonly version: string;
  readonly operations: ReadonlyMap<OperationId, Operation>;
}

const methods = ['get', 'put', 'post', 'patch', 'delete'];

/** Reads the contract's generated document. */
export function readContract(): Contract {
  const file = fileURLToPath(import.meta.resolve('@duet/contract/openapi.json'));
  const document: OpenApiDocument = JSON.parse(readFileSync(file, 'utf8'));
  const operations = new Map<OperationId, Operation>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods.filter((name) => item[name] !== undefined)) {
      const operation = operationOf(document, path, method, item);
      operations.set(operation.operationId, operation);
    }
  }
  return { document, version: document.info.version, operations };
}

function operationOf(document: OpenApiDocument, path: string, method: string, item: PathItem): Operation {
  const documented = item[method];
  if (documented?.operationId === undefined) throw new Error(`${method} ${path} has no operationId in the contract`);
  const parameters = [...(item.parameters ?? []), ...(documented.parameters ?? [])];
  return {
    operationId: documented.operationId,
    method: method.toUpperCase(),
    path,
    isOpen: documented.security?.length === 0,
    parameters: parameters.map((parameter) => follow<Parameter>(document, parameter)),
    body: bodyOf(document, documented),
    responses: new Map(
      Object.entries(documented.responses).map(([status, response]) => [
        Number(status),
        schemasOf(follow<MediaTypes>(document, response)),
      ]),
    ),
  };
}

function bodyOf(document: OpenApiDocument, documented: DocumentedOperation): Operation['body'] {
  if (!documented.requestBody) return null;
  const body = follow<MediaTypes & { required?: boolean }>(document, documented.requestBody);
  const [mediaType, media] = Object.entries(body.content ?? {})[0] ?? [];
  if (mediaType === undefined || media === undefined) return null;
  return { isRequired: body.required === true, mediaType, schema: media.schema };
}

function schemasOf(response: MediaTypes): Record<string, Schema> {
  return Object.fromEntries(Object.entries(response.content ?? {}).map(([type, media]) => [type, media.schema]));
}

function follow<Target>(document: OpenApiDocument, place: Target | Reference): Target {
  const reference = (place as Reference).$ref;
  if (reference === undefined) return place as Target;
  let target: unknown = document;
  for (const key of reference.slice('#/'.length).split('/')) {
    target = (target as Record<string, unknown>)[key.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return follow(document, target as Target | Reference);
}
