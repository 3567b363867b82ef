import { asObject } from '../src/driver/contract.ts';
import type { ReceivedResponse } from '../src/driver/exchange.ts';
import { bodyOf } from './observe.ts';
import type { Step } from './step.ts';
import type { AskedRequest, System } from './system.ts';

const mostPages = 20;

/** Where a page ends among items of one place is each server's own: such a list is walked to its end. */
export const isWalked = ({ operation, query }: Step): boolean =>
  ['listAppointments', 'listDoctors'].includes(operation) && 'limit' in query && !('cursor' in query);

/** Reads page after page. @returns one answer with all items, and the pages' sizes in the pseudo-header `:pages` */
export async function walk(
  system: System,
  request: AskedRequest,
  onCursor: (cursor: string) => void,
): Promise<ReceivedResponse> {
  const all: unknown[] = [];
  const sizes: number[] = [];
  let response = await system.send(request);
  for (;;) {
    const { items, nextCursor } = asObject(bodyOf(response));
    if (response.status !== 200 || !Array.isArray(items)) return response;
    all.push(...items);
    sizes.push(items.length);
    if (typeof nextCursor !== 'string' || sizes.length === mostPages) break;
    onCursor(nextCursor);
    const path = `${request.path}&cursor=${encodeURIComponent(nextCursor)}`;
    response = await system.send({ ...request, path });
  }
  const body = new TextEncoder().encode(JSON.stringify({ ...asObject(bodyOf(response)), items: all }));
  return { ...response, headers: { ...response.headers, ':pages': sizes.join(' ') }, body };
}
