import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ValidationError } from '../problem.ts';

/** What a cursor belongs to: one operation, one account and one set of filters. */
export interface CursorScope {
  operation: string;
  accountId: string;
  filters: Record<string, string | undefined>;
}

/** Makes and reads the cursors of pages. A position is the sort key of the last item shown. */
export interface Cursors {
  write: (scope: CursorScope, position: readonly string[]) => string;
  /** @returns undefined when the cursor was not issued for this very query */
  read: (scope: CursorScope, cursor: string) => string[] | undefined;
}

/** @rule http/pages */
export function createCursors(secret: string): Cursors {
  const sign = (scope: CursorScope, payload: string): string =>
    createHmac('sha256', secret)
      .update(JSON.stringify([scopeKey(scope), payload]))
      .digest('base64url');
  return {
    write: (scope, position) => {
      const payload = Buffer.from(JSON.stringify(position)).toString('base64url');
      return `${payload}.${sign(scope, payload)}`;
    },
    read: (scope, cursor) => {
      const [payload = '', signature = '', ...rest] = cursor.split('.');
      if (rest.length > 0 || !isEqual(signature, sign(scope, payload))) return undefined;
      return JSON.parse(Buffer.from(payload, 'base64url').toString()) as string[];
    },
  };
}

/** What validation says of a cursor that was not issued for this very query. */
export const invalidCursor: ValidationError = {
  in: 'query',
  pointer: '/cursor',
  rule: 'format',
  message: 'was not issued for this very query',
};

function scopeKey({ operation, accountId, filters }: CursorScope): string {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined);
  return JSON.stringify([operation, accountId, given.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function isEqual(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
