import type { ValidationError } from '../problem.ts';

export interface ParsedQuery {
  values: Record<string, string>;
  errors: ValidationError[];
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Decodes percent escapes as UTF-8.
 * @returns undefined for what cannot be decoded
 */
export function decodePercent(text: string): string | undefined {
  try {
    // Bytes above 0x7f that were sent as they are reach Node as Latin-1.
    const bytes = Buffer.from(text, 'latin1');
    const decoded = text.includes('%') ? decodeEscapes(text) : bytes;
    return decoded && utf8.decode(decoded);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function decodeEscapes(text: string): Buffer | undefined {
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return undefined;
  return Buffer.from(
    text.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
    'latin1',
  );
}

/** Reads a query string; names that repeat and values that cannot be decoded are told as errors. */
export function parseQuery(query: string): ParsedQuery {
  const values: Record<string, string> = Object.create(null);
  const errors: ValidationError[] = [];
  const repeated = new Set<string>();
  for (const part of query.split('&').filter((text) => text !== '')) {
    const separator = part.includes('=') ? part.indexOf('=') : part.length;
    const rawName = part.slice(0, separator).replaceAll('+', ' ');
    const name = decodePercent(rawName) ?? rawName;
    const value = decodePercent(part.slice(separator + 1).replaceAll('+', ' '));
    if (value === undefined || value.includes('\0')) {
      errors.push(queryError(name, 'pattern', 'cannot be decoded as UTF-8 text without U+0000'));
    }
    if (name in values && !repeated.has(name)) {
      repeated.add(name);
      errors.push(queryError(name, 'repeated', 'may be given once'));
    }
    values[name] ??= value ?? '';
  }
  return { values, errors };
}

function queryError(name: string, rule: string, message: string): ValidationError {
  return { in: 'query', pointer: `/${escapePointer(name)}`, rule, message };
}

export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
