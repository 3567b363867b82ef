import type { ErrorObject } from 'ajv';
import type { Place } from '../problem.ts';

/** The RFC 6901 pointer to a top-level name. */
export function pointerTo(name: string): string {
  return `/${escapePointer(name)}`;
}

/** A property that does not belong where it stands. */
export function unknownAt(pointer: string, message = 'is not known here'): Place {
  return { in: 'body', pointer, rule: 'unknown', message };
}

/** A name at the top of a request's part that is not documented there. */
export function unknownIn(where: Place['in'], name: string): Place {
  return { ...unknownAt(pointerTo(name)), in: where };
}

/** A property that is missing. */
export function requiredAt(pointer: string, message = 'is required'): Place {
  return { in: 'body', pointer, rule: 'required', message };
}

const parts = { path: 'path', query: 'query', headers: 'header', body: 'body' } as const;

/** These say only that something within them failed, which is named by itself. */
const composites = new Set(['if', 'allOf', 'anyOf', 'oneOf', 'propertyNames']);

/**
 * Puts a validator's errors over {path, query, headers, body} into offending places: a missing or unknown property is
 * named itself, not the object it belongs to; headers by their documented names.
 *
 * @rule http/validation-names-every-error
 */
export function placesOf(errors: readonly ErrorObject[], headerNames: ReadonlyMap<string, string>): Place[] {
  const own = errors.filter((error) => !composites.has(error.keyword));
  const places = new Map<string, Place>();
  for (const error of own.length > 0 ? own : errors) {
    const place = placeOf(error, headerNames);
    places.set(`${place.in} ${place.pointer} ${place.rule}`, place);
  }
  return [...places.values()];
}

function placeOf(error: ErrorObject, headerNames: ReadonlyMap<string, string>): Place {
  const unknown: unknown = error.params['additionalProperty'] ?? error.params['unevaluatedProperty'];
  const missing: unknown = error.params['missingProperty'];
  const last = unknown ?? missing;
  const full = typeof last === 'string' ? error.instancePath + pointerTo(last) : error.instancePath;
  const [, part = 'body', ...rest] = full.split('/');
  const where = parts[part as keyof typeof parts] ?? 'body';
  const pointer = rest
    .map((segment) => `/${where === 'header' ? (headerNames.get(segment) ?? segment) : segment}`)
    .join('');
  if (unknown !== undefined) return { in: where, pointer, rule: 'unknown', message: 'is not known here' };
  if (missing !== undefined) return { in: where, pointer, rule: 'required', message: 'is required' };
  return { in: where, pointer, rule: error.keyword, message: messageOf(error) };
}

function messageOf(error: ErrorObject): string {
  if (error.keyword === 'enum') return `must be one of ${describe(error.params['allowedValues'])}`;
  return error.message ?? `breaks ${error.keyword}`;
}

function describe(values: unknown): string {
  const list = Array.isArray(values) ? values : [];
  return list.length > 20 ? `${list.length} documented values` : list.join(', ');
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
