import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { contractDocument } from './contract.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true });
addFormats.default(ajv);
ajv.addSchema({ ...contractDocument, $id: 'contract' });
const compiled = new Map<string, ValidateFunction>();

/** What of `value` does not fit the schema at this JSON pointer of the contract; empty when all of it does. */
export function mismatches(pointer: string, value: unknown): ErrorObject[] {
  let validate = compiled.get(pointer);
  if (!validate) {
    validate = ajv.compile({ $ref: `contract#${encodeURI(pointer)}` });
    compiled.set(pointer, validate);
  }
  return validate(value) ? [] : [...(validate.errors ?? [])];
}
