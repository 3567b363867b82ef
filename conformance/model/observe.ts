import type { OperationId } from '../src/driver/answer.ts';
import type { ReceivedResponse } from '../src/driver/exchange.ts';
import { type Memory, symbolOf } from './memory.ts';
import { clockMembers, comparedHeaders, freeMembers, orderedLists } from './volatile.ts';

/** An answer without what may differ between two servers that both keep the contract. */
export type Observation = { status: number; headers: Record<string, string>; body: unknown; broken: string[] };

/** `hasClock`: the system's time is told to it, so that its instants are compared, too. */
export type Eyes = { memory: Memory; hasClock: boolean };

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** @param broken what the judge has found in the answer */
export function observe(eyes: Eyes, operation: OperationId, response: ReceivedResponse, broken: string[]): Observation {
  const body = bodyOf(response);
  return {
    status: response.status,
    headers: headersOf(eyes, response.headers),
    body: typeof body === 'string' ? shownText(eyes, response, body) : shownBody(eyes, operation, body),
    broken,
  };
}

export function bodyOf({ headers, body }: ReceivedResponse): unknown {
  const text = new TextDecoder().decode(body);
  if (text === '') return null;
  if (!/^application\/(problem\+)?json\b/.test(headers['content-type'] ?? '')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function headersOf(eyes: Eyes, headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    comparedHeaders.flatMap((name): [string, string][] => {
      const value = headers[name];
      if (value === undefined) return [];
      if (name === 'etag') return [[name, symbolOf(eyes.memory, 'etag', value)]];
      if (name === 'retry-after' && !eyes.hasClock) return [[name, 'seconds']];
      return [[name, shownString(eyes, value)]];
    }),
  );
}

function shownBody(eyes: Eyes, operation: OperationId, body: unknown): unknown {
  const keys = orderedLists[operation];
  const items = keys && typeof body === 'object' && body !== null ? Reflect.get(body, 'items') : undefined;
  const shown = shownValue(eyes, body);
  if (!keys || !Array.isArray(items)) return shown;
  const isInOrder = items.every((item, index) => index === 0 || isBefore(keys, items[index - 1], item));
  const canonical = (shown as { items: unknown[] }).items
    .map((item) => ({ item, key: keys.map((key) => String(Object(item)[key])).join(' ') }))
    .sort((left, right) => (left.key < right.key ? -1 : 1))
    .map(({ item }) => item);
  return { ...(shown as object), items: canonical, isInOrder };
}

function isBefore(keys: readonly string[], left: unknown, right: unknown): boolean {
  for (const key of keys) {
    const order = Buffer.compare(Buffer.from(String(Object(left)[key])), Buffer.from(String(Object(right)[key])));
    if (order !== 0) return order < 0;
  }
  return false;
}

/** A value of JSON, with symbols for what each server calls by a name of its own. */
export function shownValue(eyes: Eyes, value: unknown, name = ''): unknown {
  if (value === null || value === undefined) return null;
  if (name === 'errors' && Array.isArray(value)) return shownErrors(value);
  if (freeMembers.has(name)) return `some ${name}`;
  if (!eyes.hasClock && clockMembers.has(name)) return 'some instant';
  if (name === 'roomName') return symbolOf(eyes.memory, 'room', String(value));
  if (typeof value === 'string') return shownString(eyes, value);
  if (Array.isArray(value)) return value.map((item) => shownValue(eyes, item));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shownValue(eyes, member, key)]));
}

const shownString = ({ memory }: Eyes, text: string): string =>
  text
    .replaceAll(uuid, (id) => symbolOf(memory, 'id', id))
    .replaceAll(memory.mark, 'mark')
    .replaceAll(memory.mark.toUpperCase(), 'MARK');

/** At least one entry a place: several are as good as one. */
const shownErrors = (errors: unknown[]): string[] =>
  [...new Set(errors.map((error) => `${String(Object(error)['in'])} ${String(Object(error)['pointer'])}`))].sort();

const isEscaped = (line: string): boolean => {
  const [, value] = /^(?:SUMMARY|DESCRIPTION)[^:]*:(.*)$/s.exec(line) ?? [];
  return value === undefined || /^(?:[^\\,;]|\\[\\,;nN])*$/.test(value);
};

/** Of a calendar what the contract fixes; of other text all of it. */
function shownText(eyes: Eyes, { headers }: ReceivedResponse, text: string): unknown {
  if (!headers['content-type']?.startsWith('text/calendar')) return shownString(eyes, text);
  const lines = text.replaceAll('\r\n ', '').split('\r\n');
  const fixed = lines.filter((line) => /^(BEGIN|END|UID|DTSTART|DTEND|STATUS)\b/.test(line));
  return {
    type: headers['content-type'].toLowerCase().replaceAll(/[ "]/g, ''),
    lines: fixed.map((line) => (line.startsWith('UID') ? symbolOf(eyes.memory, 'uid', line) : line)).sort(),
    hasAll: ['SUMMARY', 'DTSTAMP'].every((name) => lines.some((line) => line.startsWith(name))),
    isFolded: text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75) && !/(^|[^\r])\n/.test(text),
    isEscaped: lines.every(isEscaped),
  };
}
