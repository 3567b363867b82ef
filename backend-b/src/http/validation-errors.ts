import type { ErrorObject } from 'ajv/dist/2020.js';
import type { ValidationError } from '../problem.ts';
import { escapePointer } from './query-string.ts';

/** Puts Ajv's errors over {path, query, header, body} into the contract's words, each place and rule once. */
export function toValidationErrors(errors: readonly ErrorObject[]): ValidationError[] {
  return distinct(errors.filter((error) => !isAboutBranches(error)).map(toValidationError));
}

export function distinct(errors: readonly ValidationError[]): ValidationError[] {
  const byKey = new Map(errors.map((error) => [`${error.in} ${error.pointer} ${error.rule}`, error]));
  return [...byKey.values()];
}

// The branch's own errors name the places; this one would only point at the whole.
function isAboutBranches(error: ErrorObject): boolean {
  return error.keyword === 'if';
}

function toValidationError(error: ErrorObject): ValidationError {
  const [, part = '', ...rest] = error.instancePath.split('/');
  const parent = rest.length > 0 ? `/${rest.join('/')}` : '';
  const place = part as ValidationError['in'];
  const { missingProperty, additionalProperty, unevaluatedProperty } = error.params;
  const unknown: unknown = additionalProperty ?? unevaluatedProperty;
  if (typeof unknown === 'string') {
    return { in: place, pointer: `${parent}/${escapePointer(unknown)}`, rule: 'unknown', message: 'is not documented' };
  }
  if (error.keyword === 'required' && typeof missingProperty === 'string') {
    const pointer = `${parent}/${escapePointer(missingProperty)}`;
    return { in: place, pointer, rule: 'required', message: 'is missing' };
  }
  return { in: place, pointer: parent, rule: error.keyword, message: error.message ?? 'is invalid' };
}
