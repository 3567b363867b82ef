import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { type Schema, standing } from '../contract.ts';
import { readInstant } from '../instants.ts';
import type { FieldError } from '../problem.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
ajv.addFormat('date-time', (text: string) => !Number.isNaN(readInstant(text)));
// The patterns beside them say all of it, or nothing has to be said.
for (const format of ['uuid', 'password', 'uri-reference']) ajv.addFormat(format, true);

export type Validator = ValidateFunction;

export const validatorOf = (schema: Schema): Validator => ajv.compile(standing(schema));

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

export const fieldError = (part: FieldError['in'], pointer: string, rule: string, message: string): FieldError => ({
  in: part,
  pointer,
  rule,
  message,
});

export const unknownParameter = (name: string): FieldError =>
  fieldError('query', `/${escaped(name)}`, 'unknown', 'is not a known parameter');

/** What a validator has found last in a body, each with its place. */
export function bodyErrors({ errors }: Validator): FieldError[] {
  return (errors ?? []).map(bodyError);
}

function bodyError({ instancePath, keyword, params, message = 'is invalid' }: ErrorObject): FieldError {
  if (keyword === 'required') {
    return fieldError('body', `${instancePath}/${escaped(String(params['missingProperty']))}`, keyword, 'is missing');
  }
  if (keyword === 'additionalProperties') {
    const pointer = `${instancePath}/${escaped(String(params['additionalProperty']))}`;
    return fieldError('body', pointer, 'unknown', 'is not a known property');
  }
  return fieldError('body', instancePath, keyword, message);
}

/** What a validator has found last in a parameter. */
export function parameterErrors(part: FieldError['in'], name: string, { errors }: Validator): FieldError[] {
  return (errors ?? []).map(({ keyword, message = 'is invalid' }) => fieldError(part, `/${name}`, keyword, message));
}
