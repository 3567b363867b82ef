import { inTransaction, type Db, type Orm } from '../../db/client.ts';
import { violatedConstraint } from '../../db/errors.ts';
import { insertEvents } from '../events/events.repository.ts';
import type { NewEvent } from '../events/events.rules.ts';
import type { Role } from '../accounts/accounts.rules.ts';
import type { Message, Place, UnreadCount } from './messages.rules.ts';

/** What messages need to know of an appointment. */
export interface Conversation {
  id: string;
  doctorId: string;
  userId: string;
  cancelledAt: Date | null;
}

/**
 * Numbers and stores a message with its event, unless the appointment is not the sender's, is cancelled, or has a
 * message with this clientId: then nothing happens, and it is for the caller to find out why.
 */
export type InsertMessage = (
  db: Db,
  message: Message,
  created: Omit<NewEvent, 'audience'>,
) => Promise<'sent' | 'refused'>;

const columns = { id: true, doctorId: true, userId: true, cancelledAt: true } as const;

const ownedBy = (accountId: string) => ({ OR: [{ doctorId: accountId }, { userId: accountId }] });

/** To anyone but its participants an appointment does not exist. */
export async function findConversation(orm: Orm, id: string, accountId: string): Promise<Conversation | undefined> {
  const where = { id, ...ownedBy(accountId) };
  return (await orm.appointment.findFirst({ where, select: columns })) ?? undefined;
}

/** Locks the appointment until the transaction ends. */
export async function lockConversation(orm: Orm, id: string, accountId: string): Promise<Conversation | undefined> {
  await orm.$queryRaw`SELECT 1 FROM appointments WHERE id = ${id}::uuid FOR UPDATE`;
  return findConversation(orm, id, accountId);
}

/** Each of its statements but the first holds the conversation, so that as few as possible stand between. */
export const insertMessage: InsertMessage = async (db, message, created) => {
  const { appointmentId, senderId } = message;
  try {
    return await inTransaction(db, async (orm): Promise<'sent' | 'refused'> => {
      const [conversation] = await orm.appointment.updateManyAndReturn({
        where: { id: appointmentId, cancelledAt: null, ...ownedBy(senderId) },
        data: { messageCount: { increment: 1 } },
        select: { messageCount: true, doctorId: true, userId: true },
      });
      if (!conversation) return 'refused';
      const { messageCount, doctorId, userId } = conversation;
      await orm.message.create({ data: { ...message, number: messageCount }, select: { id: true } });
      await insertEvents(orm, [{ ...created, audience: [doctorId, userId] }], message.sentAt);
      return 'sent';
    });
  } catch (error) {
    if (isRepeat(error)) return 'refused';
    throw error;
  }
};

/** @rule messages/client-id */
export function isRepeat(error: unknown): boolean {
  return violatedConstraint(error) === 'messages_appointment_id_sender_id_client_id_key';
}

export async function findMessageByClientId(
  orm: Orm,
  key: { appointmentId: string; senderId: string; clientId: string },
): Promise<Message | undefined> {
  return (await orm.message.findUnique({ where: { appointmentId_senderId_clientId: key } })) ?? undefined;
}

/** The place of a message in its appointment's order, from 1 on. */
export async function findMessageNumber(orm: Orm, appointmentId: string, id: string): Promise<number | undefined> {
  return (await orm.message.findUnique({ where: { id, appointmentId }, select: { number: true } }))?.number;
}

/** The messages that lie nearest to a place, the oldest first. */
export async function listMessages(orm: Orm, appointmentId: string, place: Place, limit: number): Promise<Message[]> {
  const isForward = typeof place === 'object' && 'after' in place;
  const rows = await orm.message.findMany({
    where: {
      appointmentId,
      ...(isForward && { number: { gt: place.after } }),
      ...(typeof place === 'object' && 'before' in place && { number: { lt: place.before } }),
    },
    orderBy: { number: isForward ? 'asc' : 'desc' },
    take: limit,
  });
  return isForward ? rows : rows.toReversed();
}

/** How many messages of the other lie beyond the account's mark, by appointment; those above 0. */
export async function listUnreadCounts(orm: Orm, account: { id: string; role: Role }): Promise<UnreadCount[]> {
  return orm.$queryRaw<UnreadCount[]>`/* list_unread_counts */
    SELECT m.appointment_id AS "appointmentId", count(*)::int AS count
    FROM appointments a
    JOIN messages m ON m.appointment_id = a.id AND m.sender_id <> ${account.id}::uuid
    LEFT JOIN read_marks r ON r.appointment_id = a.id AND r.account_id = ${account.id}::uuid
    WHERE ${account.id}::uuid IN (a.doctor_id, a.user_id) AND a.message_count > 0 AND m.number > coalesce(r.number, 0)
    GROUP BY m.appointment_id ORDER BY m.appointment_id`;
}

/**
 * Moves a read mark forward; the appointment is locked.
 * @returns false when it stands there or further on already
 * @rule messages/read-mark
 */
export async function updateReadMark(
  orm: Orm,
  key: { appointmentId: string; accountId: string },
  number: number,
): Promise<boolean> {
  const where = { appointmentId_accountId: key };
  const mark = await orm.readMark.findUnique({ where });
  if (mark && mark.number >= number) return false;
  await orm.readMark.upsert({ where, create: { ...key, number }, update: { number } });
  return true;
}
