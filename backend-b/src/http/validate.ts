import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';
import { Problem, type ValidationError } from '../problem.ts';
import type { Operation } from './contract.ts';
import { decodePercent, parseQuery } from './query-string.ts';
import { compileRequestValidator, resolvedSchema } from './schemas.ts';
import { distinct, toValidationErrors } from './validation-errors.ts';

const MOST_ERRORS = 100;

/**
 * Validates path, query, headers and body together against the contract's schemas before a handler runs. An operation's
 * validator is compiled when it is first asked for.
 * @rule http/validation-names-every-error
 * @rule http/closed-input
 * @rule http/ids
 * @rule http/instants
 * @rule http/text-verbatim
 */
export const validation = plugin(
  async (app: FastifyInstance, options: { hasConformanceClock: boolean }) => {
    const validators = new Map<string, ValidateFunction>();
    const validatorOf = (operation: Operation): ValidateFunction => {
      const validate = validators.get(operation.id) ?? compileRequestValidator(operation, options.hasConformanceClock);
      validators.set(operation.id, validate);
      return validate;
    };
    app.addHook('preValidation', async (request) => {
      const { operation, refine, checkOrigin } = request.routeOptions.config;
      if (!operation || (!refine && isBare(request, operation))) return;
      if (operation.body === 'required' && request.body === undefined) throw missingBody();
      checkOrigin?.(request);
      validateRequest(request, operation, validatorOf(operation), refine);
    });
  },
  { name: 'validation' },
);

function validateRequest(
  request: FastifyRequest,
  operation: Operation,
  validate: ValidateFunction,
  refine: ((request: FastifyRequest) => ValidationError[]) | undefined,
): void {
  const query = parseQuery(queryOf(request.url));
  request.query = coerced(query.values, operation);
  request.params = decoded(request.params as Record<string, string>);
  const isValid = validate({
    path: request.params,
    query: request.query,
    header: headersOf(request, operation),
    ...(operation.body !== 'none' && request.body !== undefined && { body: request.body }),
  });
  const ajvErrors: ErrorObject[] = isValid ? [] : (validate.errors ?? []);
  if (isValid && query.errors.length === 0 && !refine) return;
  const errors = distinct([...query.errors, ...toValidationErrors(ajvErrors), ...(refine?.(request) ?? [])]);
  if (errors.length > 0) throw validationFailed(errors);
}

/** The refusal that names every offending place. */
export function validationFailed(errors: readonly ValidationError[]): Problem {
  const places = errors
    .slice(0, 3)
    .map((error) => `${error.in} ${error.pointer || 'as a whole'} ${error.message}`)
    .join('; ');
  return new Problem('validation-failed', `The request breaks its schema (${places}); mend what errors names.`, {
    errors,
  });
}

/** What a problem document shows of the errors: a hundred, and how many more there are. */
export function shownErrors(errors: readonly ValidationError[]): { errors: ValidationError[]; errorsOmitted: number } {
  return { errors: errors.slice(0, MOST_ERRORS), errorsOmitted: Math.max(0, errors.length - MOST_ERRORS) };
}

/** Nothing was sent that could be invalid, and nothing is missing. */
function isBare({ url, headers }: FastifyRequest, { parameters, body }: Operation): boolean {
  return parameters.length === 0 && body === 'none' && !url.includes('?') && headers['conformance-now'] === undefined;
}

function missingBody(): Problem {
  return new Problem('malformed-body', 'The operation needs a body and got none; send one.');
}

function queryOf(url: string): string {
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start + 1);
}

// What cannot be decoded stays as it was sent and breaks the pattern of every id.
function decoded(path: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(path).map(([name, value]) => [name, (decodePercent(value) ?? value).toLowerCase()]),
  );
}

function headersOf(request: FastifyRequest, operation: Operation): Record<string, unknown> {
  const headers: Record<string, unknown> = {};
  for (const name of ['Conformance-Now', ...operation.parameters.filter(isHeader).map((parameter) => parameter.name)]) {
    const value = request.headers[name.toLowerCase()];
    if (value !== undefined) headers[name] = value;
  }
  return headers;
}

function isHeader(parameter: { in: string }): boolean {
  return parameter.in === 'header';
}

// Everything in a query is text: plain decimal digits stand for an integer, and nothing else does.
function coerced(values: Record<string, string>, operation: Operation): Record<string, unknown> {
  const query: Record<string, unknown> = { ...values };
  for (const { name, schema, ...parameter } of operation.parameters) {
    if (parameter.in !== 'query') continue;
    const { type, default: standard } = resolvedSchema(schema);
    const value = values[name];
    if (value === undefined && standard !== undefined) query[name] = standard;
    if (value !== undefined && type === 'integer' && /^\d+$/.test(value)) query[name] = Number(value);
  }
  return query;
}
