import { createHmac } from 'node:crypto';
import type { CallerContext } from './context.ts';
import type { CursorClaims, Position, Walk } from './decisions/pages.ts';
import type { FieldError } from './validation.ts';
import { place } from './validation.ts';

const secret = 'a specimen keeps no secrets';
const signatureOf = (payload: string) => createHmac('sha256', secret).update(payload).digest('base64url');

type Query = Omit<CursorClaims, 'position'>;

export function queryOf({ caller }: CallerContext, operation: string, filters: unknown): Query {
  return { operation, account: caller.id, filters: JSON.stringify(filters) };
}

function writeCursor(claims: CursorClaims): string {
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${payload}.${signatureOf(payload)}`;
}

/** The position that a cursor of this very query names; undefined when it was not issued for it. */
export function readCursor(context: CallerContext, query: Query): Position | undefined {
  const [payload = '', ...signature] = String(context.query['cursor']).split('.');
  if (!context.behaviour.isSignatureRight(signature, signatureOf(payload))) return undefined;
  const claims = parsed(payload);
  return claims && context.behaviour.isCursorOfThisQuery(claims, query) ? claims.position : undefined;
}

function parsed(payload: string): CursorClaims | undefined {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as CursorClaims;
  } catch {
    return undefined;
  }
}

export function cursorErrors(context: CallerContext, query: Query): FieldError[] {
  const { cursor } = context.query;
  if (typeof cursor !== 'string' || readCursor(context, query)) return [];
  return [place('query', '/cursor', 'format', 'was not issued for this query')];
}

/** One page of sorted items, and the cursor of the next. */
export function pageOf<Item>(
  context: CallerContext,
  query: Query,
  { items, keyOf }: Pick<Walk<Item>, 'items' | 'keyOf'>,
): { items: Item[]; nextCursor: string | null } {
  const { behaviour } = context;
  const after = context.query['cursor'] === undefined ? undefined : readCursor(context, query);
  const limit = behaviour.pageLimit(context.query['limit'] as number | undefined);
  const remaining = behaviour.itemsAfter({ items, limit, after, keyOf });
  const shown = remaining.slice(0, limit);
  const last = shown.at(-1);
  if (!last || !behaviour.hasNextPage(remaining.length, limit)) return { items: shown, nextCursor: null };
  const position = { key: keyOf(last), served: (after?.served ?? 0) + shown.length };
  return { items: shown, nextCursor: writeCursor({ ...query, position }) };
}
