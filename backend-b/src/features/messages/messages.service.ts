import { randomUUID } from 'node:crypto';
import { inTransaction, type Db, type Orm } from '../../db/client.ts';
import { notFound } from '../../problem.ts';
import type { Account } from '../accounts/accounts.rules.ts';
import { lockStreams } from '../events/events.repository.ts';
import { newEvent } from '../events/events.rules.ts';
import * as repository from './messages.repository.ts';
import type { Conversation } from './messages.repository.ts';
import {
  checkNotCancelled,
  checkSameMessage,
  unknownMessage,
  type Message,
  type UnreadCount,
} from './messages.rules.ts';
import { messageView } from './messages.view.ts';

interface Input {
  account: Account;
  appointmentId: string;
}

/**
 * Sends a message, or finds the first one with its clientId.
 * @throws Problem not-found, client-id-reused, appointment-cancelled
 */
export async function sendMessage(
  db: Db,
  input: Input & { clientId: string; body: string },
  now: Date,
): Promise<{ message: Message; isRepeated: boolean }> {
  const { account, appointmentId, clientId, body } = input;
  const message = { id: randomUUID(), appointmentId, clientId, senderId: account.id, body, sentAt: now };
  const created = newEvent('message.created', [], { at: now.toISOString(), message: messageView(message) });
  if ((await db.hotPaths.insertMessage(db, message, created)) === 'sent') return { message, isRepeated: false };
  const { cancelledAt } = await getConversation(db.orm, input);
  const first = await repository.findMessageByClientId(db.orm, { appointmentId, senderId: account.id, clientId });
  if (first) {
    checkSameMessage(first, body);
    return { message: first, isRepeated: true };
  }
  checkNotCancelled(cancelledAt);
  throw new Error('A message was refused without a reason');
}

/**
 * One page, the oldest first, and whether there is more in the direction asked for.
 * @throws Problem not-found, unknown-message
 * @rule messages/order
 */
export async function listMessages(
  db: Db,
  input: Input & { before: string | undefined; after: string | undefined; limit: number },
  _now: Date,
): Promise<{ items: Message[]; hasMore: boolean }> {
  const { appointmentId, before, after, limit } = input;
  await getConversation(db.orm, input);
  const numberOf = (id: string, name: string) => getNumber(db.orm, appointmentId, id, name);
  const place =
    after !== undefined
      ? { after: await numberOf(after, 'after') }
      : before !== undefined
        ? { before: await numberOf(before, 'before') }
        : 'newest';
  const found = await repository.listMessages(db.orm, appointmentId, place, limit + 1);
  const items = after === undefined ? found.slice(-limit) : found.slice(0, limit);
  return { items, hasMore: found.length > limit };
}

export async function getUnreadCounts(db: Db, input: { account: Account }, _now: Date): Promise<UnreadCount[]> {
  return repository.listUnreadCounts(db.orm, input.account);
}

/**
 * @throws Problem not-found, appointment-cancelled
 * @rule messages/typing
 */
export async function showTyping(db: Db, input: Input, now: Date): Promise<void> {
  const { account, appointmentId } = input;
  await inTransaction(db, async (orm) => {
    const { cancelledAt, doctorId, userId } = await lockConversation(orm, input);
    checkNotCancelled(cancelledAt);
    const other = account.id === doctorId ? userId : doctorId;
    await lockStreams(orm, [other]);
    const data = { at: now.toISOString(), appointmentId, accountId: account.id };
    await db.hotPaths.insertEvents(orm, [newEvent('message.typing', [other], data)], now);
  });
}

/** @throws Problem not-found, unknown-message */
export async function markMessagesRead(db: Db, input: Input & { upTo: string }, now: Date): Promise<void> {
  const { account, appointmentId, upTo } = input;
  await inTransaction(db, async (orm) => {
    const { doctorId, userId } = await lockConversation(orm, input);
    const number = await getNumber(orm, appointmentId, upTo, 'upTo');
    const key = { appointmentId, accountId: account.id };
    if (!(await repository.updateReadMark(orm, key, number))) return;
    await lockStreams(orm, [doctorId, userId]);
    const read = newEvent('message.read', [doctorId, userId], { at: now.toISOString(), ...key, upTo });
    await db.hotPaths.insertEvents(orm, [read], now);
  });
}

async function getConversation(orm: Orm, { account, appointmentId }: Input): Promise<Conversation> {
  const conversation = await repository.findConversation(orm, appointmentId, account.id);
  if (!conversation) throw notFound('appointment');
  return conversation;
}

async function lockConversation(orm: Orm, { account, appointmentId }: Input): Promise<Conversation> {
  const conversation = await repository.lockConversation(orm, appointmentId, account.id);
  if (!conversation) throw notFound('appointment');
  return conversation;
}

async function getNumber(orm: Orm, appointmentId: string, id: string, name: string): Promise<number> {
  const number = await repository.findMessageNumber(orm, appointmentId, id);
  if (number === undefined) throw unknownMessage(name);
  return number;
}
