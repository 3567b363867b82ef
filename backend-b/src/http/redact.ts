const SECRET_NAMES = new Set([
  'password',
  'inviteCode',
  'token',
  'username',
  'credential',
  'reason',
  'cancelReason',
  'data',
  'body',
]);
export const REDACTED = '[redacted]';
const SHORTEST_SECRET = 3;
// Deeper than anything that is valid; what comes from outside may be deeper than the stack.
const MOST_DEPTH = 64;

/** A copy of a JSON value in which whatever must not be logged is replaced. */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === MOST_DEPTH) return REDACTED;
  if (Array.isArray(value)) return value.map((item) => redacted(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      SECRET_NAMES.has(name) && member !== null ? REDACTED : redacted(member, depth + 1),
    ]),
  );
}

/** Every text in a JSON value that must not be logged, wherever else it turns up. */
export function secretsIn(value: unknown, isSecret = false, depth = 0): string[] {
  if (typeof value === 'string') return isSecret && value !== '' ? [value] : [];
  if (typeof value !== 'object' || value === null || depth === MOST_DEPTH) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    secretsIn(member, isSecret || SECRET_NAMES.has(name), depth + 1),
  );
}

/** A text in which every secret is replaced. Very short ones would replace half of it and tell nothing. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .reduce((result, secret) => result.replaceAll(secret, REDACTED), text);
}

/** One parameter of a query, as the log of a developer may show it. */
export function shownParameter(value: unknown, secrets: readonly string[]): string {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `[${value.length} bytes]`;
  if (Array.isArray(value)) return `[${value.map((item) => shownParameter(item, secrets)).join(', ')}]`;
  if (typeof value !== 'string') return String(value);
  if (secrets.includes(value) || value.startsWith('$argon2')) return REDACTED;
  if (/^[{[]/.test(value)) return shownJson(value, secrets);
  return JSON.stringify(withoutSecrets(value, secrets));
}

function shownJson(text: string, secrets: readonly string[]): string {
  try {
    return withoutSecrets(JSON.stringify(redacted(JSON.parse(text))), secrets);
  } catch (error) {
    if (error instanceof SyntaxError) return JSON.stringify(withoutSecrets(text, secrets));
    throw error;
  }
}
