import type { ReceivedResponse } from './exchange.ts';

export function mediaType(response: ReceivedResponse): string {
  return (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** The body as JSON; undefined when it is none, or no UTF-8. */
export function parseJson(response: ReceivedResponse): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(response.body));
  } catch {
    return undefined;
  }
}

export function textOf(response: ReceivedResponse): string {
  return new TextDecoder().decode(response.body);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isProblem(response: ReceivedResponse): boolean {
  return mediaType(response) === 'application/problem+json';
}
