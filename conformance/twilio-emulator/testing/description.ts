import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { isJson, type Json } from '../json.ts';
import description from '../twilio-video-v1-rooms.json' with { type: 'json' };

const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
for (const name of ['http-method', 'uri-map', 'int64']) ajv.addFormat(name, true);
ajv.addSchema(closed(structuredClone(description)), 'twilio');

const errorSchema = {
  type: 'object',
  properties: {
    code: { type: 'integer', minimum: 20001 },
    message: { type: 'string', minLength: 1 },
    more_info: { type: 'string', pattern: '^https://www\\.twilio\\.com/docs/errors/\\d+$' },
    status: { type: 'integer', minimum: 400 },
  },
  required: ['code', 'message', 'more_info', 'status'],
  additionalProperties: false,
};
const isError = ajv.compile(errorSchema);

/** What is wrong with an answer according to Twilio's own description; nothing: an empty list. */
export function wrongIn(answer: { method: string; path: string; status: number; body: unknown }): string[] {
  const validate = answer.status >= 400 ? isError : successOf(answer);
  if (!validate) return [`${answer.method} ${answer.path} has no documented ${answer.status}`];
  return validate(answer.body) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

function successOf({
  method,
  path,
  status,
}: {
  method: string;
  path: string;
  status: number;
}): ValidateFunction | undefined {
  const template = Object.keys(description.paths).find((known) =>
    new RegExp(`^${known.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
  const pointer = [
    'paths',
    template ?? '',
    method.toLowerCase(),
    'responses',
    String(status),
    'content',
    'application/json',
    'schema',
  ];
  return ajv.getSchema(`twilio#/${pointer.map(escaped).join('/')}`);
}

function escaped(segment: string): string {
  return encodeURIComponent(segment.replaceAll('~', '~0').replaceAll('/', '~1'));
}

/** Twilio sends every property and no other, so every object with properties is closed and wants them all. */
function closed<Value>(value: Value): Value {
  if (Array.isArray(value)) value.forEach(closed);
  if (!isJson(value)) return value;
  Object.values(value).forEach(closed);
  if (value['type'] === 'object' && isJson(value['properties'])) close(value, value['properties']);
  return value;
}

function close(schema: Json, properties: Json): void {
  schema['required'] = Object.keys(properties);
  schema['additionalProperties'] = false;
}
