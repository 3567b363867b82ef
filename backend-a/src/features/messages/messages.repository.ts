import type { Db } from '../../db/db.ts';
import { inTransaction } from '../../db/transaction.ts';
import { appointmentEntity } from '../appointments/appointments.entity.ts';
import { updateAppointment } from '../appointments/appointments.repository.ts';
import { insertEvents } from '../events/events.repository.ts';
import type { Insertion, Message, Tell } from './message.ts';
import { messageEntity, readMarkEntity, type MessageRow } from './messages.entity.ts';

/**
 * The ORM's version of a hot path.
 *
 * @see InsertMessage
 */
export function insertMessage(db: Db, message: Message, tell: Tell): Promise<Insertion> {
  const { appointmentId, senderId, clientId } = message;
  return inTransaction(db, async (tx): Promise<Insertion> => {
    const appointment = await tx.orm
      .createQueryBuilder(appointmentEntity, 'appointment')
      .where('appointment.id = :appointmentId', { appointmentId })
      .andWhere(':senderId IN (appointment.doctorId, appointment.userId)', { senderId })
      .setLock('pessimistic_write')
      .getOne();
    if (!appointment) return { outcome: 'no-appointment' };
    const first = await tx.orm
      .createQueryBuilder(messageEntity, 'message')
      .where('message.appointmentId = :appointmentId AND message.senderId = :senderId', { appointmentId, senderId })
      .andWhere('message.clientId = :clientId', { clientId })
      .getOne();
    if (first) return { outcome: 'known', first };
    if (appointment.cancelledAt) return { outcome: 'cancelled' };
    const place = appointment.messageCount + 1;
    await updateAppointment(tx, appointmentId, { messageCount: place });
    const row: MessageRow = { ...message, place };
    await tx.orm.createQueryBuilder().insert().into(messageEntity).values(row).updateEntity(false).execute();
    await insertEvents(tx, [tell([appointment.doctorId, appointment.userId])], message.sentAt);
    return { outcome: 'stored' };
  });
}

/** The place of a message of this appointment. */
export async function findPlace(db: Db, appointmentId: string, messageId: string): Promise<number | undefined> {
  const row = await db.orm
    .createQueryBuilder(messageEntity, 'message')
    .select(['message.appointmentId', 'message.place'])
    .where('message.id = :messageId AND message.appointmentId = :appointmentId', { messageId, appointmentId })
    .getOne();
  return row?.place;
}

export interface MessageQuery {
  readonly appointmentId: string;
  /** From a place towards the older or the newer ones; without one, from the newest. */
  readonly from: { readonly place: number; readonly direction: 'before' | 'after' } | undefined;
  readonly count: number;
}

/** Messages in the direction asked for, the nearest first. */
export async function listMessageRows(db: Db, { appointmentId, from, count }: MessageQuery): Promise<Message[]> {
  const query = db.orm
    .createQueryBuilder(messageEntity, 'message')
    .where('message.appointmentId = :appointmentId', { appointmentId })
    .orderBy('message.place', from?.direction === 'after' ? 'ASC' : 'DESC')
    .limit(count);
  if (from) query.andWhere(`message.place ${from.direction === 'after' ? '>' : '<'} :place`, from);
  return query.getMany();
}

/** How far a participant has read; 0 when not at all. */
export async function getReadMark(db: Db, appointmentId: string, accountId: string): Promise<number> {
  const row = await db.orm
    .createQueryBuilder(readMarkEntity, 'mark')
    .where('mark.appointmentId = :appointmentId AND mark.accountId = :accountId', { appointmentId, accountId })
    .getOne();
  return row?.place ?? 0;
}

export async function updateReadMark(tx: Db, appointmentId: string, accountId: string, place: number): Promise<void> {
  await tx.orm
    .createQueryBuilder()
    .insert()
    .into(readMarkEntity)
    .values({ appointmentId, accountId, place })
    .orUpdate(['place'], ['appointment_id', 'account_id'])
    .updateEntity(false)
    .execute();
}

export interface UnreadCount {
  readonly appointmentId: string;
  readonly count: number;
}

/** The numbers above 0 of the other's messages beyond the account's marks, by appointment id. */
export function listUnreadCounts(db: Db, accountId: string): Promise<UnreadCount[]> {
  return db.orm
    .createQueryBuilder(messageEntity, 'message')
    .select('message.appointmentId', 'appointmentId')
    .addSelect('count(*)::int', 'count')
    .innerJoin('Appointment', 'appointment', 'appointment.id = message.appointmentId')
    .leftJoin('ReadMark', 'mark', 'mark.appointmentId = message.appointmentId AND mark.accountId = :accountId')
    .where('(appointment.doctorId = :accountId OR appointment.userId = :accountId)')
    .andWhere('message.senderId <> :accountId AND message.place > coalesce(mark.place, 0)')
    .groupBy('message.appointmentId')
    .orderBy('message.appointmentId')
    .setParameters({ accountId })
    .getRawMany();
}
