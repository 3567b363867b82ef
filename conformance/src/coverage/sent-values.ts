import { asObject } from '../driver/contract.ts';
import type { SentRequest } from '../driver/exchange.ts';
import { type Described, keywordAt, type Place } from '../negatives/request-schema.ts';

/** A request parted into what the contract describes. */
export type SentValues = {
  /** The value at a place; undefined when nothing was sent there. A parameter of plain digits that is an integer is one. */
  read(place: Described): unknown;
  /** Whether that in which a place would be is there. */
  hasParent(place: Place): boolean;
  /** Pointers of the query's parameters that came more than once. */
  repeated: string[];
  /** Names of the query's parameters that the contract does not have. */
  unknown: string[];
};

/** @param template the path as documented, with `{parameters}` */
export function sentValues(template: string, request: SentRequest, places: readonly Described[]): SentValues {
  const [path = '', search = ''] = request.path.split('?');
  const query = new URLSearchParams(search);
  const segments = path.split('/');
  const body = bodyOf(request);
  const names = [...new Set(query.keys())];
  const known = places.filter((place) => place.in === 'query').map(({ pointer }) => pointer.slice(1));
  const read = (place: Described): unknown => {
    const name = place.pointer.slice(1);
    if (place.in === 'body') return at(body, place.pointer);
    if (place.in === 'path') return decoded(segments[template.split('/').indexOf(`{${name}}`)]);
    return asSent(place, place.in === 'query' ? (query.get(name) ?? undefined) : headerOf(request, name));
  };
  return {
    read,
    hasParent: (place) => place.in !== 'body' || isParent(body, place.pointer),
    repeated: names.filter((name) => query.getAll(name).length > 1).map((name) => `/${name}`),
    unknown: names.filter((name) => !known.includes(name)),
  };
}

function bodyOf({ body }: SentRequest): unknown {
  if (body === null || body.length === 0) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(body)) as unknown;
  } catch {
    return undefined;
  }
}

function at(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((inner, step) => asObject(inner)[step], value);
}

function isParent(body: unknown, pointer: string): boolean {
  if (pointer === '') return true;
  const parent = at(body, pointer.slice(0, pointer.lastIndexOf('/')));
  return typeof parent === 'object' && parent !== null && !Array.isArray(parent);
}

function asSent(place: Described, text: string | undefined): unknown {
  const isNumber = keywordAt(place, 'type') === 'integer' && text !== undefined && /^-?\d{1,15}$/.test(text);
  return isNumber ? Number(text) : text;
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return text;
  }
}

function headerOf({ headers }: SentRequest, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}
