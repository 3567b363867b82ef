import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Place } from '../problem.ts';

/** What a cursor belongs to: the operation, the account, and its filters. */
export type CursorScope = readonly (string | null)[];

export interface Cursors {
  /** A cursor that names the place after which the next page begins. */
  issue(scope: CursorScope, position: readonly string[]): string;
  /** The position in a cursor that was issued for this very query, else undefined. */
  read(scope: CursorScope, cursor: string): readonly string[] | undefined;
}

/**
 * Cursors that only this installation can issue, good on every replica.
 *
 * @rule http/pages
 */
export function cursorsWith(secret: string): Cursors {
  const sign = (scope: CursorScope, payload: string) =>
    createHmac('sha256', secret)
      .update(JSON.stringify([scope, payload]))
      .digest();

  return {
    issue(scope, position) {
      const payload = Buffer.from(JSON.stringify(position)).toString('base64url');
      return `${payload}.${sign(scope, payload).toString('base64url')}`;
    },
    read(scope, cursor) {
      const [payload = '', signature = '', ...rest] = cursor.split('.');
      const expected = sign(scope, payload);
      const given = Buffer.from(signature, 'base64url');
      const isOurs = rest.length === 0 && given.length === expected.length && timingSafeEqual(given, expected);
      if (!isOurs || given.toString('base64url') !== signature) return undefined;
      return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    },
  };
}

/** The cursor of a request as an offending place, when it was not issued for this query. */
export function placesOfCursor(cursors: Cursors, scope: CursorScope, cursor: unknown): readonly Place[] {
  if (typeof cursor !== 'string' || cursors.read(scope, cursor) !== undefined) return [];
  return [{ in: 'query', pointer: '/cursor', rule: 'format', message: 'must be a nextCursor of this very query' }];
}
