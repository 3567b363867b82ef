import type { Place } from '../problem.ts';
import type { Parameter } from './contract.ts';
import { pointerTo } from './places.ts';
import { canDecode } from './request-path.ts';

export interface Query {
  readonly values: Readonly<Record<string, unknown>>;
  readonly places: readonly Place[];
}

const nothing: Query = { values: {}, places: [] };

/**
 * Reads a query string by the documented parameters: whole numbers in plain decimal digits become numbers, all else stays
 * text. What cannot be decoded, is repeated or holds U+0000 is named here; the schema names what is unknown.
 *
 * @rule http/closed-input
 */
export function readQuery(url: string, parameters: readonly Parameter[]): Query {
  const start = url.indexOf('?');
  if (start === -1) return nothing;
  const values: Record<string, unknown> = Object.create(null);
  const places: Place[] = [];
  for (const part of url
    .slice(start + 1)
    .split('&')
    .filter(Boolean)) {
    const [rawName, rawValue] = cut(part);
    const name = canDecode(rawName) ? decodeURIComponent(rawName) : rawName;
    const place = { in: 'query', pointer: pointerTo(name) } as const;
    if (!canDecode(rawValue)) places.push({ ...place, rule: 'format', message: 'must be percent-encoded UTF-8' });
    else if (name in values) places.push({ ...place, rule: 'repeated', message: 'must be given once' });
    else
      values[name] = valueOf(
        decodeURIComponent(rawValue),
        parameters.find((each) => each.name === name),
      );
  }
  return { values, places };
}

function cut(part: string): [string, string] {
  const text = part.replaceAll('+', ' ');
  const equals = text.indexOf('=');
  return equals === -1 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
}

function valueOf(text: string, parameter: Parameter | undefined): string | number {
  return parameter?.schema['type'] === 'integer' && /^\d+$/.test(text) ? Number(text) : text;
}
