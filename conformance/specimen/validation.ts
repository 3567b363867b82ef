import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { components, type Operation, type Parameter, type Schema } from './contract.ts';
import { httpDecisions } from './decisions/http.ts';

export type FieldError = { in: 'body' | 'query' | 'path' | 'header'; pointer: string; rule: string; message: string };
export type RawRequest = { path: Record<string, string>; query: string; headers: Record<string, string> };
export type Parts = { path: Record<string, string>; query: Record<string, unknown>; headers: Record<string, string> };

const ajv = new Ajv2020({ strict: false, allErrors: true, ownProperties: true });
ajv.addFormat('date-time', (text: string) => !Number.isNaN(httpDecisions.readInstant(text)));
for (const format of ['uuid', 'password', 'uri-reference']) ajv.addFormat(format, true);

const compiled = new Map<Schema, ValidateFunction>();

function validatorOf(schema: Schema): ValidateFunction {
  const known = compiled.get(schema) ?? ajv.compile({ ...schema, components });
  compiled.set(schema, known);
  return known;
}

const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** The errors of a body, one a place. */
export function bodyErrors(schema: Schema, body: unknown): FieldError[] {
  const validate = validatorOf(schema);
  return validate(body) ? [] : onePerPlace((validate.errors ?? []).map(bodyError));
}

function bodyError(error: ErrorObject): FieldError {
  const { instancePath, keyword, params, message = 'is invalid' } = error;
  if (keyword === 'required') {
    return place('body', `${instancePath}/${escaped(String(params['missingProperty']))}`, 'required', 'is missing');
  }
  if (keyword === 'additionalProperties') {
    const name = escaped(String(params['additionalProperty']));
    return place('body', `${instancePath}/${name}`, 'unknown', 'is unknown');
  }
  return place('body', instancePath, keyword, message);
}

export function place(part: FieldError['in'], pointer: string, rule: string, message: string): FieldError {
  return { in: part, pointer, rule, message };
}

export function onePerPlace(errors: FieldError[]): FieldError[] {
  const places = new Map(errors.toReversed().map((error) => [`${error.in} ${error.pointer}`, error]));
  return [...places.values()].toReversed();
}

/** Decodes path, query and headers by their documentation, and names what is wrong with them. */
export function readParts(operation: Operation, raw: RawRequest): { parts: Parts; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const path: Record<string, string> = {};
  for (const parameter of operation.parameters.filter((one) => one.in === 'path')) {
    const value = decoded(raw.path[parameter.name] ?? '');
    errors.push(...parameterErrors(parameter, value));
    path[parameter.name] = value ?? '';
  }
  const query = readQuery(operation, raw.query, errors);
  for (const parameter of operation.parameters.filter((one) => one.in === 'header')) {
    const value = raw.headers[parameter.name.toLowerCase()];
    if (value !== undefined) errors.push(...parameterErrors(parameter, value));
  }
  return { parts: { path, query, headers: raw.headers }, errors };
}

function readQuery(operation: Operation, text: string, errors: FieldError[]): Record<string, unknown> {
  const known = new Map(operation.parameters.filter((one) => one.in === 'query').map((one) => [one.name, one]));
  const query: Record<string, unknown> = {};
  const seen = new Set<string>();
  for (const pair of text.split('&').filter((part) => part !== '')) {
    const [rawName = '', ...rest] = pair.split('=');
    const name = decoded(rawName.replaceAll('+', ' ')) ?? rawName;
    const value = decoded(rest.join('=').replaceAll('+', ' '));
    const parameter = known.get(name);
    if (!parameter) errors.push(place('query', `/${escaped(name)}`, 'unknown', 'is unknown'));
    else if (seen.has(name)) errors.push(place('query', `/${name}`, 'repeated', 'is given more than once'));
    else errors.push(...parameterErrors(parameter, value));
    seen.add(name);
    if (parameter) query[name] = converted(parameter, value);
  }
  for (const { name, required } of known.values()) {
    if (required && !seen.has(name)) errors.push(place('query', `/${name}`, 'required', 'is missing'));
  }
  return query;
}

function parameterErrors(parameter: Parameter, value: string | undefined): FieldError[] {
  const pointer = `/${escaped(parameter.name)}`;
  if (value === undefined) return [place(parameter.in, pointer, 'format', 'cannot be decoded')];
  const validate = validatorOf(parameter.schema);
  if (validate(converted(parameter, value))) return [];
  const [error] = validate.errors ?? [];
  return [place(parameter.in, pointer, error?.keyword ?? 'type', error?.message ?? 'is invalid')];
}

function converted(parameter: Parameter, value: string | undefined): unknown {
  const isInteger = parameter.schema['type'] === 'integer';
  return isInteger && value !== undefined && /^\d+$/.test(value) ? Number(value) : value;
}

/** undefined when it cannot be decoded. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
