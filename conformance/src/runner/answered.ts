import type { Sent } from './sent.ts';

/** A text in an answer: where it stands, by a jq path or by the name of its header. */
export type Answered = { value: string; step: number; from: 'body' | 'header'; path: string };

/** All texts of a JSON answer, and its ETag, which a later request may repeat. */
export function leavesOf({ responseHeaders, response }: Sent, step: number): Answered[] {
  const { etag, 'content-type': type = '' } = responseHeaders;
  const headers: Answered[] = etag === undefined ? [] : [{ value: etag, step, from: 'header', path: 'etag' }];
  if (!/^application\/(problem\+)?json\b/.test(type)) return headers;
  return [...textsOf(parse(Buffer.concat(response).toString()), '', step), ...headers];
}

function textsOf(value: unknown, path: string, step: number): Answered[] {
  if (typeof value === 'string') return [{ value, step, from: 'body', path: path || '.' }];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsOf(item, `${path || '.'}[${index}]`, step));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => textsOf(member, path + memberOf(key, path), step));
}

function memberOf(key: string, path: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `${path === '' ? '.' : ''}[${JSON.stringify(key)}]`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
