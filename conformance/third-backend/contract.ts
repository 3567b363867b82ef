import document from '@duet/contract/openapi.json' with { type: 'json' };
import type { components, operations as Documented } from '@duet/contract/types';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export type OperationId = keyof Documented;
export type Account = components['schemas']['Account'];
export type Profile = components['schemas']['Profile'];
/** One offending place of a request, as a problem names it. */
export type Fault = components['schemas']['ValidationError'];

export type Operation = {
  id: OperationId;
  method: string;
  /** As documented: `/v1/doctors/{doctorId}`. */
  path: string;
  isOpen: boolean;
  /** Undefined where no body is documented. */
  body: { isRequired: boolean } | undefined;
  parameters: Parameter[];
  /** Takes `{path, query, header, body}` and leaves every fault in `errors`. */
  fits: ValidateFunction;
};

type Part = 'path' | 'query' | 'header';
type Parameter = { name: string; in: Part; required?: boolean; schema: { type?: string } };
type Reference = { $ref: string };
type Described = {
  operationId: OperationId;
  security?: object[];
  parameters?: (Parameter | Reference)[];
  requestBody?: { required: boolean; content: { 'application/json'?: { schema: object } } };
  'x-video-provider'?: string;
};
type PathItem = { parameters?: (Parameter | Reference)[]; [method: string]: unknown };

export const contractVersion = document.info.version;

const components = document.components as unknown as { parameters: Record<string, Parameter>; schemas: object };
const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats.default(ajv);

/** Without those that a single video provider has: their paths are unknown to a server without it. */
export const operations: Operation[] = Object.entries(document.paths as Record<string, PathItem>).flatMap(
  ([path, { parameters = [], ...methods }]) =>
    Object.entries(methods as Record<string, Described>)
      .filter(([, described]) => described['x-video-provider'] === undefined)
      .map(([method, described]) => operationOf(method, path, described, parameters)),
);

/** @throws Error when the contract has no such operation */
export function operationCalled(id: OperationId): Operation {
  const found = operations.find((operation) => operation.id === id);
  if (!found) throw new Error(`the contract has no operation ${id} that this server could have`);
  return found;
}

/** The methods of a path as it stands in a request, nothing decoded; none for an unknown path. */
export function methodsAt(path: string): string[] {
  const isPath = (template: string): boolean => new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path);
  const methods = operations.filter((operation) => isPath(operation.path)).map(({ method }) => method);
  if (methods.length === 0) return [];
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'];
}

/** What the schemas have against a request, a fault for each keyword that a place breaks. */
export function faultsOf({ fits }: Operation, request: object): Fault[] {
  return fits(request) ? [] : (fits.errors ?? []).map(faultOf);
}

function faultOf({ instancePath, keyword, params, message }: ErrorObject): Fault {
  const [, part = '', below = ''] = /^\/(\w+)(.*)$/s.exec(instancePath) ?? [];
  const fault = (pointer: string, rule: string, words: string): Fault => ({
    in: part as Fault['in'],
    pointer,
    rule,
    message: words,
  });
  if (keyword === 'required') return fault(`${below}/${escaped(params['missingProperty'])}`, 'required', 'is missing');
  if (keyword === 'additionalProperties')
    return fault(`${below}/${escaped(params['additionalProperty'])}`, 'unknown', 'is not known here');
  return fault(below, keyword, message ?? 'is invalid');
}

/** A name as a step of a JSON Pointer (RFC 6901). */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function operationOf(method: string, path: string, described: Described, shared: (Parameter | Reference)[]): Operation {
  const { operationId, security, requestBody } = described;
  const parameters = [...shared, ...(described.parameters ?? [])].map(parameterOf);
  return {
    id: operationId,
    method: method.toUpperCase(),
    path,
    isOpen: security?.length === 0,
    body: requestBody && { isRequired: requestBody.required },
    parameters,
    fits: ajv.compile(requestSchema(parameters, requestBody?.content['application/json']?.schema)),
  };
}

function parameterOf(given: Parameter | Reference): Parameter {
  const found = '$ref' in given ? components.parameters[given.$ref.split('/').at(-1) ?? ''] : given;
  if (!found) throw new Error(`the contract refers to a parameter that it does not have: ${JSON.stringify(given)}`);
  return found;
}

/** A whole request as one value, so that one look names every place. The components go along for the references. */
function requestSchema(parameters: Parameter[], body: object | undefined): object {
  const partOf = (part: Part, rest: object = {}): object => {
    const own = parameters.filter((parameter) => parameter.in === part);
    return {
      type: 'object',
      properties: Object.fromEntries(own.map(({ name, schema }) => [name, schema])),
      required: own.filter(({ required }) => required).map(({ name }) => name),
      ...rest,
    };
  };
  return {
    properties: {
      path: partOf('path'),
      query: partOf('query', { additionalProperties: false }),
      header: partOf('header'),
      ...(body && { body }),
    },
    components: { schemas: components.schemas },
  };
}
