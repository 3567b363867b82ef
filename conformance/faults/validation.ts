import type { RequestParts } from '../specimen/decisions/http.ts';
import type { FieldError } from '../specimen/validation.ts';
import { place } from '../specimen/validation.ts';

type Told = (found: FieldError[], request: RequestParts) => FieldError[];

/** Leaves out the errors that fit: what they name is taken. */
export const forgiving =
  (fits: (error: FieldError, request: RequestParts) => boolean): Told =>
  (found, request) =>
    found.filter((error) => !fits(error, request));

/** The value at an error's place, as it was sent. */
export function valueAt({ in: part, pointer }: FieldError, request: RequestParts): unknown {
  const name = pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');
  const sources = { body: request.body, query: request.query, path: request.path, header: request.headers };
  const source = sources[part];
  return typeof source === 'object' && source !== null ? Reflect.get(source, name) : undefined;
}

/** Also refuses a body's text of a name when it fits. */
export const refusingText =
  (names: string[], fits: (text: string) => boolean, rule: string): Told =>
  (found, request) => {
    const refused = names.filter((name) => {
      const value = valueAt(place('body', `/${name}`, rule, ''), request);
      return typeof value === 'string' && fits(value);
    });
    return [...found, ...refused.map((name) => place('body', `/${name}`, rule, 'is refused'))];
  };
