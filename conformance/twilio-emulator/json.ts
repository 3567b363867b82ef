/** A JSON object whose properties nobody has checked yet. */
export type Json = Record<string, unknown>;

/** Whether a value is a JSON object. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects in an array; nothing when it is no array. */
export function objectsOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

/** A property's text, or null when it is no text. */
export function textOf(object: Json, key: string): string | null {
  const value = object[key];
  return typeof value === 'string' ? value : null;
}

/** A property's number, or null when it is no number. */
export function numberOf(object: Json, key: string): number | null {
  const value = object[key];
  return typeof value === 'number' ? value : null;
}

/** Parses a text to a JSON object; null when it is none. */
export function parseObject(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
