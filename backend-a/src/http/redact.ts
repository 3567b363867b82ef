const secretNames = new Set([
  'password',
  'token',
  'inviteCode',
  'reason',
  'cancelReason',
  'credential',
  'username',
  'data',
  'body',
  'AccountSid',
]);

const hidden = '[redacted]';

/** Nothing valid is nested deeper; a request that is must not exhaust the stack. */
const deepest = 40;

/**
 * A copy of a JSON value without passwords, tokens, invite codes, TURN credentials, signals, reasons, messages' text and the
 * account at Twilio.
 *
 * @rule operations/logs
 */
export function redactValue(value: unknown, levels = deepest): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (levels === 0) return hidden;
  if (Array.isArray(value)) return value.map((element) => redactValue(element, levels - 1));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, redactProperty(name, inner, levels)]));
}

function redactProperty(name: string, value: unknown, levels: number): unknown {
  return secretNames.has(name) && value !== null ? hidden : redactValue(value, levels - 1);
}

/** Every text in a request that must not be logged, and every secret object as the JSON text that is stored of it. */
export function secretsIn(value: unknown, isSecret = false, levels = deepest): string[] {
  if (typeof value === 'string') return isSecret && value !== '' ? [value] : [];
  if (typeof value !== 'object' || value === null || levels === 0) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const inside = secretsIn(inner, isSecret || secretNames.has(name), levels - 1);
    const isStored = levels === deepest && secretNames.has(name) && isShallow(inner, deepest);
    return isStored ? [...inside, JSON.stringify(inner)] : inside;
  });
}

function isShallow(value: unknown, levels: number): value is object {
  if (typeof value !== 'object' || value === null) return levels < deepest;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}

/** A query's parameter without what a request keeps secret: hashes, JSON's secret properties, and the secrets themselves. */
export function redactParameter(parameter: unknown, secrets: readonly string[]): unknown {
  if (Array.isArray(parameter)) return parameter.map((element) => redactParameter(element, secrets));
  if (Buffer.isBuffer(parameter)) return `[${parameter.length} bytes]`;
  if (typeof parameter !== 'string') return parameter;
  if (parameter.startsWith('$argon2') || secrets.includes(parameter)) return hidden;
  return /^[[{]/.test(parameter) ? redactJson(parameter) : parameter;
}

/** JSON text with its secret properties hidden; what is no JSON is hidden as a whole. */
export function redactJson(text: string): string {
  try {
    return JSON.stringify(redactValue(JSON.parse(text)));
  } catch {
    return hidden;
  }
}

/** Text, such as a failure's message, with every secret of the request taken out; short ones where they are whole words. */
export function redactText(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => {
    if (secret.length > 3) return rest.replaceAll(secret, hidden);
    const literally = secret.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    return rest.replace(new RegExp(`(?<![\\p{L}\\p{N}])${literally}(?![\\p{L}\\p{N}])`, 'gu'), hidden);
  }, text);
}
