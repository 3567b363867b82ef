import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FieldError } from './problem.ts';

/** Whose walk it is and through what: a cursor is good for this alone. */
export type Walk = { operation: string; accountId: string; filters: readonly (string | number | undefined)[] };
export type Position = readonly [string | number, string];

function sign(secret: string, { operation, accountId, filters }: Walk, payload: string): Buffer {
  return createHmac('sha256', secret).update(JSON.stringify([operation, accountId, filters, payload])).digest(); // prettier-ignore
}

export function writeCursor(secret: string, walk: Walk, position: Position): string {
  const payload = Buffer.from(JSON.stringify(position)).toString('base64url');
  return `${payload}.${sign(secret, walk, payload).toString('base64url')}`;
}

export function isIssued(secret: string, walk: Walk, cursor: string): boolean {
  const [payload = '', signature = '', ...rest] = cursor.split('.');
  const given = Buffer.from(signature, 'base64url');
  const right = sign(secret, walk, payload);
  const isExact = given.toString('base64url') === signature && rest.length === 0;
  return isExact && given.length === right.length && timingSafeEqual(given, right);
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What a cursor says, before anybody knows whether it was issued; undefined when it says nothing of the kind. */
export function readPosition(cursor: string): Position | undefined {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor.split('.')[0] ?? '', 'base64url').toString());
    if (!Array.isArray(position) || position.length !== 2) return undefined;
    const [key, id] = position as [unknown, unknown];
    if (typeof id !== 'string' || !uuid.test(id)) return undefined;
    if (Number.isSafeInteger(key)) return [key as number, id];
    return typeof key === 'string' && key.isWellFormed() && !key.includes('\0') ? [key, id] : undefined;
  } catch {
    return undefined;
  }
}

export const wrongCursor: FieldError = {
  in: 'query',
  pointer: '/cursor',
  rule: 'format',
  message: 'was not issued for this query',
};
