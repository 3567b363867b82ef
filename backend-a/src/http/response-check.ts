import type { ValidateFunction } from 'ajv';
import type { Operation, Schema } from './contract.ts';
import type { Compile } from './schemas.ts';

/** An answer that breaks the contract: a fault of this backend. */
export class AnswerError extends Error {}

/**
 * Holds every answer of an operation to the contract, while developing.
 *
 * @rule http/documented-response
 */
export function answerCheck(
  operation: Operation,
  compile: Compile,
): (status: number, mediaType: string, value: unknown) => void {
  const validators = new Map<Schema, ValidateFunction>();
  return (status, mediaType, value) => {
    const answer = `${operation.operationId} answers ${status} ${mediaType}`;
    const schema = operation.responses.get(status)?.[mediaType];
    if (!schema) throw new AnswerError(`${answer}, which the contract does not document`);
    const validate = validators.get(schema) ?? compile(schema);
    validators.set(schema, validate);
    if (validate(asSent(value))) return;
    const places = (validate.errors ?? []).map((error) => `${error.instancePath || 'the body'} ${error.message ?? ''}`);
    throw new AnswerError(`${answer} that breaks its schema: ${places.join('; ')}`);
  };
}

function asSent(value: unknown): unknown {
  return typeof value === 'string' ? value : JSON.parse(JSON.stringify(value));
}
