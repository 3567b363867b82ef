import { compileSchema } from './schemas.ts';
import { schemaReference } from './contract.ts';

const validate = compileSchema(schemaReference('Instant'));

/** Whether a text is an instant as requests may spell it. */
export function isInstant(text: string): boolean {
  return validate(text);
}

/** An instant that validation has let through, truncated to milliseconds. */
export function toInstant(text: string): Date {
  return new Date(text.replace(/(\.\d{3})\d+/, '$1'));
}
