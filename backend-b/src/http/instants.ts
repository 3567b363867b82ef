import { compileSchema } from './schemas.ts';
import { schemaReference } from './contract.ts';

let validate: ReturnType<typeof compileSchema> | undefined;

/** Whether a text is an instant as requests may spell it. */
export function isInstant(text: string): boolean {
  validate ??= compileSchema(schemaReference('Instant'));
  return validate(text);
}

/** An instant that validation has let through, truncated to milliseconds. */
export function toInstant(text: string): Date {
  return new Date(text.replace(/(\.\d{3})\d+/, '$1'));
}
