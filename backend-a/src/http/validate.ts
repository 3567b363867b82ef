import type { Place } from '../problem.ts';
import type { Operation, Parameter, Schema } from './contract.ts';
import { placesOf, unknownIn } from './places.ts';
import type { Compile } from './schemas.ts';

/** The four parts of a request. Headers: the documented ones only, by their lower-case names. */
export interface RequestParts {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

export type Check = (parts: RequestParts) => readonly Place[];

/**
 * One compiled validator over all parts of an operation's request, so that every offending place is named at once.
 *
 * @rule http/validation-names-every-error
 */
export function requestCheck(operation: Operation, compile: Compile): Check {
  if (operation.parameters.length === 0 && !operation.body) return queryMustBeEmpty;
  const validate = compile(requestSchema(operation));
  const headers = operation.parameters.filter((parameter) => parameter.in === 'header');
  const headerNames = new Map(headers.map(({ name }) => [name.toLowerCase(), name]));
  return (parts) => (validate(parts) ? [] : placesOf(validate.errors ?? [], headerNames));
}

/** The check of an operation that takes nothing: whatever the query names is unknown. */
const queryMustBeEmpty: Check = ({ query }) => Object.keys(query).map((name) => unknownIn('query', name));

function requestSchema({ parameters, body }: Operation): Schema {
  const of = (part: Parameter['in']) => parameters.filter((parameter) => parameter.in === part);
  return {
    type: 'object',
    properties: {
      path: partSchema(of('path'), false, (name) => name),
      query: partSchema(of('query'), false, (name) => name),
      headers: partSchema(of('header'), true, (name) => name.toLowerCase()),
      ...(body && { body: body.schema }),
    },
  };
}

function partSchema(parameters: readonly Parameter[], isOpen: boolean, nameOf: (name: string) => string): Schema {
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [nameOf(name), schema])),
    required: parameters.filter(({ required }) => required === true).map(({ name }) => nameOf(name)),
    additionalProperties: isOpen,
  };
}
