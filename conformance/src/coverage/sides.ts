import { asObject } from '../driver/contract.ts';
import { type Described, keywordAt } from '../negatives/request-schema.ts';

export type Side = 'fits' | 'breaks';
type Check = (value: unknown, limit: never, place: Described) => boolean;

const lengthOf = (value: unknown): number => [...String(value)].length;
const whenText =
  (check: (text: string, limit: never) => boolean): Check =>
  (value, limit) =>
    typeof value !== 'string' || check(value, limit);
const whenNumber =
  (check: (number: number, limit: number) => boolean): Check =>
  (value, limit) =>
    typeof value !== 'number' || check(value, limit);

const CHECKS: Readonly<Record<string, Check>> = {
  type: (value, type) => isOfType(value, type),
  enum: (value, values: unknown[]) => values.includes(value),
  const: (value, constant) => value === constant,
  minLength: whenText((text, least: number) => lengthOf(text) >= least),
  maxLength: whenText((text, most: number) => lengthOf(text) <= most),
  pattern: whenText((text, pattern: string) => new RegExp(pattern, 'u').test(text)),
  format: whenText((text, format: string) => format !== 'date-time' || isDay(text)),
  minimum: whenNumber((number, least) => number >= least),
  maximum: whenNumber((number, most) => number <= most),
  multipleOf: whenNumber((number, step) => number % step === 0),
  additionalProperties: (value, rest: unknown, place) => {
    const known = Object.keys(asObject(keywordAt(place, 'properties')));
    return rest !== false || Object.keys(asObject(value)).every((name) => known.includes(name));
  },
  'x-max-json-bytes': (value, most: number) => Buffer.byteLength(JSON.stringify(value)) <= most,
  'x-max-json-depth': (value, most: number) => depthOf(value) <= most,
};

/** The side of a keyword that a value is on; undefined for a keyword that is not looked at. */
export function sideOf(place: Described, keyword: string, limit: unknown, value: unknown): Side | undefined {
  const check = CHECKS[keyword];
  return check && (check(value, limit as never, place) ? 'fits' : 'breaks');
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return type === 'null' ? value === null : typeof value === type;
}

/** Whether the day that an instant names exists. */
function isDay(instant: string): boolean {
  const [day = ''] = instant.split('T');
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
