import { type Described, keywordAt } from './request-schema.ts';
import { FORMAT_SAMPLES, PATTERN_SAMPLES, type TextSamples } from './text-samples.ts';

/** A value on one side of a keyword; `side` says which, for a reader. */
export type Sample = { side: string; value: unknown; fits: boolean };
type Sides = (value: unknown, place: Described) => Sample[];

/** Filled with characters of two UTF-16 units where the URL stays short, so that a length in code points shows. */
const LONGEST_WIDE_QUERY = 200;

const SIDES: Readonly<Record<string, Sides>> = {
  type: (value, place) => typeSides(String(value), place),
  enum: (value) => enumSides(value as unknown[]),
  const: (value) => enumSides([value]),
  minLength: (value, place) => [
    ...(value === 0 ? [] : [wrong('one below', textOf(Number(value) - 1, place, false))]),
    right('at the bound', textOf(Number(value), place, true)),
  ],
  maxLength: (value, place) => [
    right('at the bound', textOf(Number(value), place, true)),
    wrong('one above', textOf(Number(value) + 1, place, false)),
  ],
  minimum: (value, place) => boundSides(Number(value), -stepOf(place), 'below'),
  maximum: (value, place) => boundSides(Number(value), stepOf(place), 'above'),
  multipleOf: (value, place) => multipleSides(Number(value), Number(keywordAt(place, 'minimum') ?? 0)),
  pattern: (value, place) => patternSides(String(value), place),
  format: (value) => textSides(lookUp(FORMAT_SAMPLES, 'format', String(value))),
  'x-max-json-bytes': (value) => [
    right('at the bound', objectOfBytes(Number(value))),
    wrong('one byte above', objectOfBytes(Number(value) + 1)),
  ],
  'x-max-json-depth': (value) => [
    right('at the bound', objectOfDepth(Number(value))),
    wrong('one level deeper', objectOfDepth(Number(value) + 1)),
  ],
};

/** Keywords about an object's properties: the properties' own places stand for them. */
const STRUCTURE = ['properties', 'required', 'additionalProperties'];

/**
 * The values on both sides of one keyword at a place.
 * @throws Error for a keyword, type, pattern or format that no sides are known of
 */
export function samplesOf(place: Described, { keyword, value }: { keyword: string; value: unknown }): Sample[] {
  if (STRUCTURE.includes(keyword)) return [];
  const sides = SIDES[keyword];
  if (!sides) throw new Error(`${place.in} ${place.pointer}: no two sides are known of the keyword ${keyword}`);
  return sides(value, place);
}

/** A value that fits all that is said of a place; undefined where no keyword gives one. */
export function fittingValue(place: Described): unknown {
  const keywords = ['enum', 'pattern', 'maxLength', 'minimum', 'x-max-json-depth'];
  const constraint = keywords
    .map((keyword) => place.constraints.find((one) => one.keyword === keyword))
    .find((one) => one !== undefined);
  return constraint && samplesOf(place, constraint).find(({ fits }) => fits)?.value;
}

const right = (side: string, value: unknown): Sample => ({ side, value, fits: true });
const wrong = (side: string, value: unknown): Sample => ({ side, value, fits: false });

function typeSides(type: string, place: Described): Sample[] {
  const others: Record<string, unknown[]> = {
    string: [5, true, {}, [fittingValue(place) ?? 'a']],
    integer: [String(fittingValue(place)), 5.5, true, {}, [fittingValue(place)]],
    object: ['{}', 5, true, []],
  };
  if (!others[type]) throw new Error(`${place.in} ${place.pointer}: no two sides are known of the type ${type}`);
  if (place.in === 'body') {
    const sides = others[type].map((value) => wrong(`${kindOf(value)} instead`, value));
    return [...sides, wrong('null', null), ...emptySide(type, place)];
  }
  // "In a query an integer is spelled in plain decimal digits."
  const spellings = ['five', '5.5', '5.0', '5e0', '0x5', '+5', ' 5', '5 ', '', 'null', 'true', '٥', '1_0'];
  return type === 'integer' ? spellings.map((text) => wrong('no plain digits', text)) : emptySide(type, place);
}

/** The empty text, where nothing is said against it. */
function emptySide(type: string, place: Described): Sample[] {
  const isAllowed = type === 'string' && keywordAt(place, 'minLength') === undefined && !keywordAt(place, 'enum');
  return isAllowed && isMatched('', place) ? [right('empty', '')] : [];
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  return (
    { number: 'a number', string: 'text', boolean: 'a truth value', object: 'an object' }[String(typeof value)] ?? ''
  );
}

function enumSides(values: unknown[]): Sample[] {
  const [first] = values;
  const shouted =
    String(first) === String(first).toUpperCase() ? String(first).toLowerCase() : String(first).toUpperCase();
  const strangers = ['stranger', '', shouted, `${String(first)} `].filter((text) => !values.includes(text));
  return [
    ...values.map((value) => right(`the value ${String(value)}`, value)),
    ...strangers.map((text) => wrong('a stranger', text)),
  ];
}

function stepOf(place: Described): number {
  return Number(keywordAt(place, 'multipleOf') ?? 1);
}

function boundSides(bound: number, step: number, word: string): Sample[] {
  const nearest = Math.sign(step);
  return [
    right('at the bound', bound),
    wrong(`one ${word}`, bound + nearest),
    ...(step === nearest ? [] : [wrong(`a step ${word}`, bound + step)]),
  ];
}

function multipleSides(step: number, least: number): Sample[] {
  const multiple = Math.ceil((least + step) / step) * step;
  return [right('a multiple', multiple), wrong('one less', multiple - 1), wrong('one more', multiple + 1)];
}

function textSides({ fits, breaks }: TextSamples): Sample[] {
  return [
    ...fits.map((text) => right('a text that fits', text)),
    ...breaks.map((text) => wrong('a text that does not', text)),
  ];
}

/** Texts too short for the place are made longer, so that nothing else is wrong with them. */
function patternSides(pattern: string, place: Described): Sample[] {
  const least = Number(keywordAt(place, 'minLength') ?? 0);
  return textSides(lookUp(PATTERN_SAMPLES, 'pattern', pattern)).map((sample) => {
    const text = String(sample.value);
    const missing = text === '' ? 0 : Math.max(0, least - [...text].length);
    return { ...sample, value: text + 'a'.repeat(missing) };
  });
}

function lookUp(table: Readonly<Record<string, TextSamples>>, keyword: string, value: string): TextSamples {
  const found = Object.hasOwn(table, value) ? table[value] : undefined;
  if (!found) throw new Error(`no texts are known on both sides of the ${keyword} ${value}`);
  return found;
}

function isMatched(text: string, place: Described): boolean {
  return place.constraints.every(
    ({ keyword, value }) => keyword !== 'pattern' || new RegExp(String(value), 'u').test(text),
  );
}

function textOf(length: number, place: Described, isWide: boolean): string {
  const mayBeWide = isWide && (place.in === 'body' || (place.in === 'query' && length <= LONGEST_WIDE_QUERY));
  const wide = '𝄞'.repeat(length);
  return mayBeWide && isMatched(wide, place) ? wide : 'a'.repeat(length);
}

/** An object whose compact JSON has this many bytes, most of them in characters of two. */
function objectOfBytes(bytes: number): object {
  const left = bytes - Buffer.byteLength('{"x":""}');
  return { x: 'é'.repeat(Math.floor(left / 2)) + 'a'.repeat(left % 2) };
}

function objectOfDepth(depth: number): object {
  return depth <= 1 ? {} : { x: objectOfDepth(depth - 1) };
}
