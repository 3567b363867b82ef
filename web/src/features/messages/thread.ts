import type { Message } from '../../api/schema.ts';

export type { Message };

/**
 * The messages of an appointment in the order of the backend. Only its lists and its events tell that order, so an
 * answer to sendMessage places nothing. `anchorId` is the newest message up to which nothing can be missing.
 */
export type Thread = { items: Message[]; hasOlder: boolean; anchorId: string | null };
export type MessagePage = { items: Message[]; hasMore: boolean };

export const emptyThread: Thread = { items: [], hasOlder: false, anchorId: null };

function without(items: Message[], known: Message[]): Message[] {
  const ids = new Set(known.map((message) => message.id));
  return items.filter((message) => !ids.has(message.id));
}

/** The newest page; what events brought meanwhile and the page does not hold is newer still. */
export function withNewest(thread: Thread, page: MessagePage): Thread {
  const items = [...page.items, ...without(thread.items, page.items)];
  return { items, hasOlder: page.hasMore, anchorId: page.items.at(-1)?.id ?? thread.anchorId };
}

export function withOlder(thread: Thread, page: MessagePage): Thread {
  return { ...thread, items: [...without(page.items, thread.items), ...thread.items], hasOlder: page.hasMore };
}

/** The page after the anchor goes right behind it, before whatever an event brought over a gap. */
export function withMissed(thread: Thread, page: MessagePage): Thread {
  const anchor = thread.items.findIndex((message) => message.id === thread.anchorId);
  const before = without(thread.items.slice(0, anchor + 1), page.items);
  const after = without(thread.items.slice(anchor + 1), page.items);
  return {
    ...thread,
    items: [...before, ...page.items, ...after],
    anchorId: page.items.at(-1)?.id ?? thread.anchorId,
  };
}

/** Events come in the order of the backend; one that is known already changes nothing. */
export function withCreated(thread: Thread, message: Message): Thread {
  if (thread.items.some((known) => known.id === message.id)) return thread;
  return { ...thread, items: [...thread.items, message] };
}

export function newestOf(thread: Thread, isWanted: (message: Message) => boolean): Message | null {
  return thread.items.findLast(isWanted) ?? null;
}

/** Whether the message lies at or before the mark; a mark outside what is loaded is older than all of it. */
export function isReadUpTo(thread: Thread, message: Message, upTo: string | null): boolean {
  if (!upTo) return false;
  const mark = thread.items.findIndex((known) => known.id === upTo);
  return mark !== -1 && thread.items.findIndex((known) => known.id === message.id) <= mark;
}

/** Of two marks the further one, where both are known; a mark never moves back. */
export function furtherMark(thread: Thread, current: string | null, told: string): string {
  if (!current) return told;
  const place = (id: string) => thread.items.findIndex((message) => message.id === id);
  return place(told) !== -1 && place(told) < place(current) ? current : told;
}
