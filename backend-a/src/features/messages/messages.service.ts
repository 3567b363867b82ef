import { randomUUID } from 'node:crypto';
import type { Db } from '../../db/db.ts';
import { inTransaction } from '../../db/transaction.ts';
import { lockAppointment } from '../appointments/appointments.repository.ts';
import { noSuchAppointment } from '../appointments/appointments.rules.ts';
import { getAppointment } from '../appointments/appointments.service.ts';
import { bothOf, otherOf } from '../calls/calls.events.ts';
import { appointmentCancelled, mustNotBeCancelled } from '../calls/calls.rules.ts';
import type { Message } from './message.ts';
import {
  findPlace,
  getReadMark,
  listMessageRows,
  listUnreadCounts,
  updateReadMark,
  type UnreadCount,
} from './messages.repository.ts';
import { movesMark, mustBeRepeat, unknownMessage } from './messages.rules.ts';
import { messageView } from './messages.view.ts';

interface InAppointment {
  readonly appointmentId: string;
  readonly accountId: string;
}

/**
 * @returns the message, or the first one with this clientId
 * @throws Problem not-found, client-id-reused, appointment-cancelled
 * @rule messages/send
 */
export async function sendMessage(
  db: Db,
  input: InAppointment & { clientId: string; body: string },
  now: Date,
): Promise<{ message: Message; isRepeat: boolean }> {
  const { appointmentId, accountId: senderId, clientId, body } = input;
  const message: Message = { id: randomUUID(), appointmentId, clientId, senderId, body, sentAt: now };
  const data = { message: messageView(message) };
  const insertion = await db.paths.insertMessage(db, message, (to) => ({ type: 'message.created', to, at: now, data }));
  if (insertion.outcome === 'no-appointment') throw noSuchAppointment();
  if (insertion.outcome === 'cancelled') throw appointmentCancelled();
  if (insertion.outcome !== 'known') return { message, isRepeat: false };
  mustBeRepeat(insertion.first, body);
  return { message: insertion.first, isRepeat: true };
}

/**
 * Messages, the oldest first, and whether there are more in the direction asked for.
 *
 * @throws Problem not-found, unknown-message
 * @rule messages/order
 */
export async function listMessages(
  db: Db,
  input: InAppointment & { before: string | undefined; after: string | undefined; limit: number },
  now: Date,
): Promise<{ items: Message[]; hasMore: boolean }> {
  const { appointmentId, before, after, limit } = input;
  await getAppointment(db, input, now);
  const named = after ?? before;
  const place = named === undefined ? undefined : await findPlace(db, appointmentId, named);
  if (named !== undefined && place === undefined) throw unknownMessage();
  const direction = after === undefined ? 'before' : 'after';
  const from = place === undefined ? undefined : ({ place, direction } as const);
  const found = await listMessageRows(db, { appointmentId, from, count: limit + 1 });
  const items = found.slice(0, limit);
  return { items: direction === 'after' ? items : items.toReversed(), hasMore: found.length > limit };
}

export function getUnreadCounts(db: Db, input: { accountId: string }, _now: Date): Promise<UnreadCount[]> {
  return listUnreadCounts(db, input.accountId);
}

/**
 * @throws Problem not-found, appointment-cancelled
 * @rule messages/typing
 */
export async function showTyping(db: Db, input: InAppointment, now: Date): Promise<void> {
  const { appointmentId, accountId } = input;
  const appointment = await getAppointment(db, input, now);
  mustNotBeCancelled(appointment);
  const to = [otherOf(appointment, accountId)];
  const data = { appointmentId, accountId };
  await db.paths.insertEvents(db, [{ type: 'message.typing', to, at: now, data }], now);
}

/**
 * @throws Problem not-found, unknown-message
 * @rule messages/read-mark
 */
export function markMessagesRead(db: Db, input: InAppointment & { upTo: string }, now: Date): Promise<void> {
  const { appointmentId, accountId, upTo } = input;
  return inTransaction(db, async (tx) => {
    const appointment = await lockAppointment(tx, appointmentId, accountId);
    const place = await findPlace(tx, appointmentId, upTo);
    if (place === undefined) throw unknownMessage();
    if (!movesMark(await getReadMark(tx, appointmentId, accountId), place)) return;
    await updateReadMark(tx, appointmentId, accountId, place);
    const data = { appointmentId, accountId, upTo };
    await tx.paths.insertEvents(tx, [{ type: 'message.read', to: bothOf(appointment), at: now, data }], now);
  });
}
