import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export type JsonObject = { [key: string]: unknown };
export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

/** A response as documented: where its description stands, by JSON pointer into the document. */
export type DocumentedResponse = {
  pointer: string;
  content: Record<string, { pointer: string }>;
  headers: Record<string, { pointer: string; required: boolean }>;
};

export type Operation = {
  operationId: string;
  method: Method;
  /** The path as documented, with `{parameters}`. */
  template: string;
  pattern: RegExp;
  open: boolean;
  /** The only video provider that has it: with another its path is unknown. Null for all the others. */
  provider: string | null;
  problems: ReadonlySet<string>;
  responses: ReadonlyMap<number, DocumentedResponse>;
};

const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete'] as const;

/** Problems that any request can meet and no operation lists. */
export const GENERAL_PROBLEMS: ReadonlySet<string> = new Set([
  'not-found',
  'method-not-allowed',
  'internal-error',
  'service-unavailable',
]);

export const contractDocument = readDocument();
export const contractVersion = String(asObject(contractDocument['info'])['version']);
export const operations: readonly Operation[] = listOperations();
const byId = new Map(operations.map((operation) => [operation.operationId, operation]));

/** @throws Error when the contract has no such operation (a mistake in a test, not in the target). */
export function getOperation(operationId: string): Operation {
  const operation = byId.get(operationId);
  if (!operation) throw new Error(`the contract has no operation ${operationId}`);
  return operation;
}

/** The operations documented for a path (without its query), whatever their method. */
export function findOperations(path: string): Operation[] {
  return operations.filter((operation) => operation.pattern.test(path));
}

/** Follows a JSON pointer, and `$ref`s on the way, to what is described there and where that stands. */
export function resolve(pointer: string): { pointer: string; value: JsonObject } {
  let value: unknown = contractDocument;
  for (const part of pointer.split('/').slice(1))
    value = asObject(value)[part.replaceAll('~1', '/').replaceAll('~0', '~')];
  const found = asObject(value);
  const reference = found['$ref'];
  return typeof reference === 'string' ? resolve(reference.slice(1)) : { pointer, value: found };
}

export function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {};
}

function readDocument(): JsonObject {
  const file = createRequire(import.meta.url).resolve('@duet/contract/openapi.json');
  return JSON.parse(readFileSync(file, 'utf8'));
}

function listOperations(): Operation[] {
  return Object.entries(asObject(contractDocument['paths'])).flatMap(([template, item]) =>
    METHODS.filter((method) => method in asObject(item)).map((method) =>
      describe(template, method, asObject(asObject(item)[method])),
    ),
  );
}

function describe(template: string, method: (typeof METHODS)[number], value: JsonObject): Operation {
  const pointer = `/paths/${escape(template)}/${method}`;
  const security = (value['security'] ?? contractDocument['security']) as unknown[] | undefined;
  const statuses = Object.keys(asObject(value['responses']));
  return {
    operationId: String(value['operationId']),
    method: method.toUpperCase() as Method,
    template,
    pattern: new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`),
    open: !security?.some((scheme) => 'session' in asObject(scheme)),
    provider: typeof value['x-video-provider'] === 'string' ? value['x-video-provider'] : null,
    problems: new Set((value['x-problems'] as string[] | undefined) ?? []),
    responses: new Map(statuses.map((status) => [Number(status), describeResponse(`${pointer}/responses/${status}`)])),
  };
}

function describeResponse(at: string): DocumentedResponse {
  const { pointer, value } = resolve(at);
  const content = Object.keys(asObject(value['content'])).map((type) => [
    type,
    { pointer: `${pointer}/content/${escape(type)}/schema` },
  ]);
  const headers = Object.keys(asObject(value['headers'])).map((name) => {
    const header = resolve(`${pointer}/headers/${escape(name)}`);
    return [name.toLowerCase(), { pointer: `${header.pointer}/schema`, required: header.value['required'] === true }];
  });
  return { pointer, content: Object.fromEntries(content), headers: Object.fromEntries(headers) };
}

function escape(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
