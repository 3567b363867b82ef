import type { RuleId } from '@duet/contract/rules';
import type { JsonObject } from '../driver/contract.ts';
import { describeRequest, type Described, escaped, keywordAt, type Place, takesForm } from './request-schema.ts';
import { fittingValue, type Sample, samplesOf } from './samples.ts';

/** What of a good request is changed, and how. */
export type Change = Place &
  ({ to: unknown } | { isAbsent: true } | { twice: string } | { raw: string; contentType: string });

/** `rule` is the one word that `errors` must use for the place; where it is not given, the contract leaves it open. */
export type Refusal =
  | { code: 'validation-failed'; place: Place; rule?: 'required' | 'unknown' | 'repeated' }
  | { code: 'malformed-body' | 'payload-too-large' | 'unsupported-media-type' };

/** One request that differs from a good one in one place, on one side of one keyword. */
export type Case = {
  operationId: string;
  /** The rule that it is a test of. */
  rule: RuleId;
  /** The place whose keyword it is about. */
  at: Place;
  keyword: string;
  side: string;
  change: Change;
  /** `accepted`: not refused for its shape; what else the operation has against it is no matter here. */
  expected: 'accepted' | Refusal;
};

type Draft = Omit<Case, 'operationId' | 'rule' | 'at'>;

const JSON_TYPE = 'application/json';
/** "65,536 bytes are allowed." */
const LONGEST_BODY = 65_536;

/** No operation has a property or a parameter of this name. */
const STRANGER = 'notDocumented';

/**
 * Every request of an operation that differs in one place from a good one, both sides of each keyword of its schema:
 * pure over the bundled contract, enumerated and in a fixed order.
 * @throws Error for a keyword that no two sides are known of
 */
export function negativesOf(document: JsonObject, operationId: string): Case[] {
  if (takesForm(document, operationId)) return [];
  const places = describeRequest(document, operationId);
  const described = places.flatMap((place) =>
    draftsOf(place).map((draft) => ({
      operationId,
      rule: ruleOf(operationId, place, draft),
      at: placeOf(place),
      ...draft,
    })),
  );
  return [...described, ...unknownParameters(operationId, places)];
}

function draftsOf(place: Described): Draft[] {
  return [
    ...presenceDrafts(place),
    ...(place.in === 'body' && place.pointer === '' ? bodyDrafts(place) : []),
    ...valueDrafts(place),
    ...repeatDrafts(place),
    ...strangerDrafts(place),
  ];
}

/** What is wrong with a body before it is JSON. */
function bodyDrafts(place: Described): Draft[] {
  const draft = (
    side: string,
    raw: string,
    contentType: string,
    code: Exclude<Refusal['code'], 'validation-failed'>,
  ) => ({
    keyword: 'requestBody',
    side,
    change: { ...placeOf(place), raw, contentType },
    expected: { code },
  });
  return [
    draft('cut off', '{"', JSON_TYPE, 'malformed-body'),
    draft('one byte too long', ' '.repeat(LONGEST_BODY + 1), JSON_TYPE, 'payload-too-large'),
    draft('of another media type', '{}', 'text/plain', 'unsupported-media-type'),
  ];
}

function valueDrafts(place: Described): Draft[] {
  return place.constraints.flatMap((constraint) =>
    samplesOf(place, constraint)
      .filter((sample) => isSendable(place, sample))
      .map(({ side, value, fits }) => ({
        keyword: constraint.keyword,
        side,
        change: { ...placeOf(place), to: place.in === 'body' ? value : String(value) },
        expected: fits ? 'accepted' : { code: 'validation-failed', place: placeOf(place) },
      })),
  );
}

/** A path cannot lack a parameter: it would be another path. */
function presenceDrafts(place: Described): Draft[] {
  if (place.in === 'path') return [];
  const refusal: Refusal =
    place.in === 'body' && place.pointer === ''
      ? { code: 'malformed-body' }
      : { code: 'validation-failed', place: placeOf(place), rule: 'required' };
  return [
    {
      keyword: 'required',
      side: 'absent',
      change: { ...placeOf(place), isAbsent: true },
      expected: place.isRequired ? refusal : 'accepted',
    },
  ];
}

function repeatDrafts(place: Described): Draft[] {
  if (place.in !== 'query') return [];
  const refusal: Refusal = { code: 'validation-failed', place: placeOf(place), rule: 'repeated' };
  const change = { ...placeOf(place), twice: String(fittingValue(place) ?? 'a') };
  return [{ keyword: 'repeated', side: 'given twice', change, expected: refusal }];
}

/** Of a closed object: a property that it does not have, and its first one in another letter case. */
function strangerDrafts(place: Described): Draft[] {
  const rest = keywordAt(place, 'additionalProperties');
  if (rest === undefined) return [];
  const [first] = Object.keys(Object(keywordAt(place, 'properties')));
  const names = first === undefined ? [STRANGER] : [STRANGER, first.toUpperCase()];
  return names.map((name) => {
    const at: Place = { in: 'body', pointer: `${place.pointer}/${escaped(name)}` };
    return {
      keyword: 'additionalProperties',
      side: name === STRANGER ? 'a stranger' : 'another letter case',
      change: { ...at, to: 'x' },
      expected: rest === false ? { code: 'validation-failed', place: at, rule: 'unknown' } : 'accepted',
    };
  });
}

function unknownParameters(operationId: string, places: Described[]): Case[] {
  const query = places.filter((place) => place.in === 'query');
  const names = [STRANGER, ...query.map(({ pointer }) => pointer.slice(1).toUpperCase())];
  return names.map((name) => {
    const at: Place = { in: 'query', pointer: `/${escaped(name)}` };
    const expected: Refusal = { code: 'validation-failed', place: at, rule: 'unknown' };
    return {
      operationId,
      rule: 'http/closed-input',
      at,
      keyword: 'unknown',
      side: name === STRANGER ? 'a stranger' : 'another letter case',
      change: { ...at, to: '1' },
      expected,
    };
  });
}

/**
 * What can stand in a part of a request as it is: a path has no empty segment, a URL no lone surrogate, and a header
 * loses the white space around its value and holds one byte a character.
 */
function isSendable(place: Described, { value }: Sample): boolean {
  if (place.in === 'body') return true;
  const text = String(value);
  if (place.in === 'header') return /^([!-~\x80-\xff]([\t -~\x80-\xff]*[!-~\x80-\xff])?)?$/.test(text);
  return text.isWellFormed() && !(place.in === 'path' && text === '');
}

const placeOf = ({ in: part, pointer }: Place): Place => ({ in: part, pointer });

const UNREAD_RULES: Partial<Record<Refusal['code'], RuleId>> = {
  'malformed-body': 'http/malformed-body',
  'payload-too-large': 'http/body-limit',
  'unsupported-media-type': 'http/media-type',
};

/** Properties whose values a rule of their own describes, wherever an account's are sent. */
const PROPERTY_RULES: Readonly<Record<string, RuleId>> = {
  '/password': 'accounts/password',
  '/displayName': 'accounts/profile',
  '/specialty': 'accounts/profile',
  '/timeZone': 'accounts/profile',
};
const ACCOUNT_OPERATIONS = ['createAccount', 'updateMe'];

/** The rule that says it in words; what no other rule says is the general one's. */
function ruleOf(operationId: string, place: Described, { keyword, side, expected }: Draft): RuleId {
  const isPlace = (pointers: string[]) => place.in === 'query' && pointers.includes(place.pointer);
  const unread = expected === 'accepted' ? undefined : UNREAD_RULES[expected.code];
  if (unread) return unread;
  if (['additionalProperties', 'repeated', 'type'].includes(keyword) && side !== 'empty') return 'http/closed-input';
  const own = ACCOUNT_OPERATIONS.includes(operationId) ? PROPERTY_RULES[place.pointer] : undefined;
  if (own && keyword !== 'required') return own;
  if (keyword === 'required') return 'http/validation-names-every-error';
  if (place.in === 'path') return 'http/ids';
  if (isPlace(['/limit', '/cursor'])) return 'http/pages';
  if (keywordAt(place, 'format') === 'date-time') return 'http/instants';
  const isText = ['minLength', 'maxLength', 'pattern'].includes(keyword) && keywordAt(place, 'format') !== 'uuid';
  return isText && place.in !== 'header' ? 'http/text-verbatim' : 'http/validation-names-every-error';
}
