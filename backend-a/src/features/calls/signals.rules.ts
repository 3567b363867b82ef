import { pointerTo } from '../../http/places.ts';
import type { Place } from '../../problem.ts';
import { isStorable } from '../../text.ts';

const mostBytes = 32_768;
const deepest = 32;

/**
 * What a schema cannot say of a signal's data: how many bytes it has, how deep it goes, and what its texts hold.
 *
 * @rule calls/signals
 */
export function placesOfSignalData(body: unknown): readonly Place[] {
  const data = typeof body === 'object' && body !== null && 'data' in body ? body.data : undefined;
  if (typeof data !== 'object' || data === null) return [];
  const pointer = '/data';
  if (isTooDeep(data, deepest)) {
    const message = `must have objects and arrays at most ${deepest} deep`;
    return [{ in: 'body', pointer, rule: 'x-max-json-depth', message }];
  }
  const places = placesOfText(data, pointer);
  if (Buffer.byteLength(JSON.stringify(data)) > mostBytes) {
    const message = `must be at most ${mostBytes} bytes of JSON text`;
    places.push({ in: 'body', pointer, rule: 'x-max-json-bytes', message });
  }
  return places;
}

function isTooDeep(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
}

function placesOfText(value: unknown, pointer: string): Place[] {
  if (typeof value === 'string') return isStorable(value) ? [] : [unstorable(pointer)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const place = pointer + pointerTo(name);
    return [...(isStorable(name) ? [] : [unstorable(place)]), ...placesOfText(inner, place)];
  });
}

function unstorable(pointer: string): Place {
  return { in: 'body', pointer, rule: 'pattern', message: 'must hold neither U+0000 nor lone surrogates' };
}
