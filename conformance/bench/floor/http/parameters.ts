import type { IncomingHttpHeaders } from 'node:http';
import type { DocumentedParameter } from '../contract.ts';
import type { FieldError } from '../problem.ts';
import { fieldError, parameterErrors, unknownParameter, type Validator, validatorOf } from './validation.ts';

type Parameter = { name: string; key: string; required: boolean; isInteger: boolean; validate: Validator };

/** What an operation takes beside its body, ready to be read. */
export type ParameterPlan = {
  path: Parameter | undefined;
  query: ReadonlyMap<string, Parameter>;
  headers: readonly Parameter[];
  /** The values of absent parameters. */
  defaults: Values;
};
export type Values = Record<string, string | number | undefined>;

export function planOf(documented: readonly DocumentedParameter[]): ParameterPlan {
  const of = (part: DocumentedParameter['in']) => documented.filter((parameter) => parameter.in === part);
  const withDefault = of('query').filter(({ schema }) => 'default' in schema);
  return {
    path: of('path').map(parameterOf)[0],
    query: new Map(of('query').map((parameter) => [parameter.name, parameterOf(parameter)])),
    headers: of('header').map(parameterOf),
    defaults: Object.fromEntries(withDefault.map(({ name, schema }) => [name, schema['default']])) as Values,
  };
}

const parameterOf = ({ name, required, schema }: DocumentedParameter): Parameter => ({
  name,
  key: name.toLowerCase(),
  required,
  isInteger: schema['type'] === 'integer',
  validate: validatorOf(schema),
});

export type Raw = { id: string; query: string; headers: IncomingHttpHeaders };

/** The values of all parameters; what is wrong with them is added to `errors`. */
export function readParameters(plan: ParameterPlan, { id, query, headers }: Raw, errors: FieldError[]): Values {
  const values: Values = { ...plan.defaults };
  if (plan.path) readOne(plan.path, 'path', decoded(id), values, errors);
  if (query !== '') readQuery(plan, query, values, errors);
  for (const parameter of plan.query.values()) {
    if (parameter.required && !Object.hasOwn(values, parameter.name)) {
      errors.push(fieldError('query', `/${parameter.name}`, 'required', 'is missing'));
    }
  }
  for (const header of plan.headers) {
    const value = headers[header.key];
    if (typeof value === 'string') readOne(header, 'header', value, values, errors);
  }
  return values;
}

function readQuery({ query: known }: ParameterPlan, text: string, values: Values, errors: FieldError[]): void {
  const seen = new Set<string>();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const end = pair.indexOf('=');
    const name = decodedForm(end === -1 ? pair : pair.slice(0, end)) ?? pair;
    const parameter = known.get(name);
    if (!parameter) errors.push(unknownParameter(name));
    else if (seen.has(name)) errors.push(fieldError('query', `/${name}`, 'repeated', 'is given more than once'));
    else readOne(parameter, 'query', decodedForm(end === -1 ? '' : pair.slice(end + 1)), values, errors);
    seen.add(name);
  }
}

function readOne(
  { name, isInteger, validate }: Parameter,
  part: FieldError['in'],
  text: string | undefined,
  values: Values,
  errors: FieldError[],
): void {
  const value = isInteger && text !== undefined && /^\d+$/.test(text) ? Number(text) : text;
  values[name] = value;
  if (value === undefined) errors.push(fieldError(part, `/${name}`, 'format', 'cannot be decoded'));
  else if (!validate(value)) errors.push(...parameterErrors(part, name, validate));
}

const decodedForm = (text: string): string | undefined => decoded(text.replaceAll('+', ' '));

/** undefined when it cannot be decoded. */
function decoded(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
