import { randomUUID } from 'node:crypto';
import type { components } from '@duet/contract/types';
import { json, noContent, type Reply } from '../http/reply.ts';
import { requireCaller } from '../http/caller.ts';
import { fieldError } from '../http/validation.ts';
import type { Visit } from '../http/visit.ts';
import { writeInstant } from '../instants.ts';
import { type FieldError, invalid, notFound, Problem, unauthenticated } from '../problem.ts';
import { serialise } from '../serialisers.ts';
import * as statements from '../statements/messages.ts';

type Schemas = components['schemas'];

const refusals = {
  'unknown-message': 'No message of this appointment has this id. Check it.',
  'client-id-reused': 'This clientId came with another body before. Use a new one.',
  'appointment-cancelled': 'The appointment is cancelled. Book another one.',
};

type Outcome<Good extends string> = Good | 'unauthenticated' | 'not-found' | keyof typeof refusals;

/** @throws Problem for every outcome that is not good */
function accept<Good extends string>(
  visit: Visit,
  outcome: Outcome<Good> | undefined,
  caller: string | undefined,
): void {
  if (outcome === undefined || outcome === 'unauthenticated') throw unauthenticated();
  visit.accountId = caller ?? null;
  if (outcome === 'not-found') throw notFound();
  if (Object.hasOwn(refusals, outcome)) {
    const code = outcome as keyof typeof refusals;
    throw new Problem(code, refusals[code]);
  }
}

type Sent = { outcome: Outcome<'sent' | 'repeated'>; caller: string; id: string; sent_at: number };

export async function sendMessage(visit: Visit): Promise<Reply> {
  const { tokenHash, now } = visit;
  const appointmentId = visit.text('appointmentId').toLowerCase();
  const { clientId: spelled, body } = visit.body as Schemas['SendMessageRequest'];
  const clientId = spelled.toLowerCase();
  const values = [tokenHash, now, appointmentId, randomUUID(), clientId, body, writeInstant(now)];
  const [row] = await visit.floor.database.query<Sent>(statements.sendMessage, values);
  accept(visit, row?.outcome, row?.caller);
  const { id, caller: senderId, sent_at, outcome } = row as Sent;
  const message = { id, appointmentId, clientId, senderId, body, sentAt: writeInstant(sent_at) };
  return json(outcome === 'sent' ? 201 : 200, serialise.message(message));
}

type Done = { outcome: Outcome<'marked' | 'told'>; caller: string };

export async function markMessagesRead(visit: Visit): Promise<Reply> {
  const { tokenHash, now } = visit;
  const { upTo } = visit.body as Schemas['ReadMark'];
  const values = [tokenHash, now, visit.text('appointmentId'), upTo, writeInstant(now)];
  const [row] = await visit.floor.database.query<Done>(statements.markRead, values);
  accept(visit, row?.outcome, row?.caller);
  return noContent();
}

export async function showTyping(visit: Visit): Promise<Reply> {
  const { tokenHash, now } = visit;
  const values = [tokenHash, now, visit.text('appointmentId'), writeInstant(now)];
  const [row] = await visit.floor.database.query<Done>(statements.showTyping, values);
  accept(visit, row?.outcome, row?.caller);
  return noContent();
}

/** Two directions at once are none. */
export function checkDirections(visit: Visit): FieldError[] {
  if (visit.values['before'] === undefined || visit.values['after'] === undefined) return [];
  return ['before', 'after'].map((name) => fieldError('query', `/${name}`, 'oneOf', 'excludes the other direction'));
}

type MessageRow = {
  callerId: string;
  appointmentId: string | null;
  pivot: number | null;
  id: string | null;
  client_id: string;
  sender_id: string;
  body: string;
  sent_at: number;
};

const messageOf = (row: MessageRow): Schemas['Message'] => ({
  id: row.id ?? '',
  appointmentId: row.appointmentId ?? '',
  clientId: row.client_id,
  senderId: row.sender_id,
  body: row.body,
  sentAt: writeInstant(row.sent_at),
});

export async function listMessages(visit: Visit): Promise<Reply> {
  const [before, after, limit] = [
    visit.optionalText('before'),
    visit.optionalText('after'),
    Number(visit.values['limit']),
  ];
  if (before !== undefined && after !== undefined) {
    await requireCaller(visit);
    throw invalid(checkDirections(visit));
  }
  const pivot = before ?? after;
  const statement = after !== undefined ? statements.listAfter : pivot ? statements.listBefore : statements.listNewest;
  const values = [visit.tokenHash, visit.now, visit.text('appointmentId'), limit + 1];
  const rows = await visit.floor.database.query<MessageRow>(statement, pivot ? [...values, pivot] : values);
  const [first] = rows;
  if (!first) throw unauthenticated();
  visit.accountId = first.callerId;
  if (first.appointmentId === null) throw notFound();
  if (pivot && first.pivot === null) throw new Problem('unknown-message', refusals['unknown-message']);
  const items = first.id === null ? [] : rows.slice(0, limit).map(messageOf);
  if (after === undefined) items.reverse();
  return json(200, serialise.messagePage({ items, hasMore: rows.length > limit }));
}

type UnreadRow = { callerId: string; id: string | null; count: number };

export async function getUnreadCounts(visit: Visit): Promise<Reply> {
  const rows = await visit.floor.database.query<UnreadRow>(statements.countUnread, [visit.tokenHash, visit.now]);
  if (!rows[0]) throw unauthenticated();
  visit.accountId = rows[0].callerId;
  const items = rows.flatMap(({ id, count }) => (id === null ? [] : [{ appointmentId: id, count }]));
  return json(200, serialise.unreadCounts({ items }));
}
