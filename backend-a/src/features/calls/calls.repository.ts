import type { Db } from '../../db/db.ts';
import type { Place, Room } from './call.ts';
import {
  callConnectionEntity,
  callParticipantEntity,
  roomEntity,
  type CallConnectionRow,
  type EndReason,
  type RoomRow,
} from './calls.entity.ts';

/** How many rooms an appointment has had. */
export function countRooms(db: Db, appointmentId: string): Promise<number> {
  return db.orm
    .createQueryBuilder(roomEntity, 'room')
    .where('room.appointmentId = :appointmentId', { appointmentId })
    .getCount();
}

/** Opens a room; the one before must be marked as ended. Needs the appointment's lock. */
export async function insertRoom(tx: Db, appointmentId: string, room: Room): Promise<void> {
  const row: RoomRow = { ...room, appointmentId, endedAt: null, endReason: null };
  await tx.orm.createQueryBuilder().insert().into(roomEntity).values(row).updateEntity(false).execute();
}

/** Marks a room as ended. */
export async function updateRoomEnded(tx: Db, roomId: string, endedAt: Date, endReason: EndReason): Promise<void> {
  await tx.orm
    .createQueryBuilder()
    .update(roomEntity)
    .set({ endedAt, endReason })
    .where('id = :roomId', { roomId })
    .execute();
}

/** A room by its name, whether it has ended or not, and the doctor of its appointment. */
export async function findRoomByName(
  db: Db,
  name: string,
): Promise<{ id: string; appointmentId: string; doctorId: string } | undefined> {
  return db.orm
    .createQueryBuilder(roomEntity, 'room')
    .select('room.id', 'id')
    .addSelect('room.appointmentId', 'appointmentId')
    .addSelect('appointment.doctorId', 'doctorId')
    .innerJoin('Appointment', 'appointment', 'appointment.id = room.appointmentId')
    .where('room.name = :name', { name })
    .getRawOne();
}

/** Gives a participant's place to its newest connection. */
export async function insertPlace(tx: Db, appointmentId: string, accountId: string, place: Place): Promise<void> {
  const columns = ['room_id', 'connection_id', 'joined_at', 'connected_at', 'seen_at', 'left_at'];
  await tx.orm
    .createQueryBuilder()
    .insert()
    .into(callParticipantEntity)
    .values({ appointmentId, accountId, ...place })
    .orUpdate(columns, ['appointment_id', 'account_id'])
    .updateEntity(false)
    .execute();
}

/** Changes what is named of a participant's place. */
export async function updatePlace(
  tx: Db,
  connectionId: string,
  appointmentId: string,
  change: Partial<Place>,
): Promise<void> {
  await tx.orm
    .createQueryBuilder()
    .update(callParticipantEntity)
    .set(change)
    .where('appointmentId = :appointmentId AND connectionId = :connectionId', { appointmentId, connectionId })
    .execute();
}

/** Remembers a join, so that it is known when a later one has taken its place. */
export async function insertConnection(tx: Db, connection: Omit<CallConnectionRow, 'hasLeft'>): Promise<void> {
  const row: CallConnectionRow = { ...connection, hasLeft: false };
  await tx.orm.createQueryBuilder().insert().into(callConnectionEntity).values(row).updateEntity(false).execute();
}

/** A join of this very participant in this very appointment. */
export async function findConnection(
  tx: Db,
  wanted: { connectionId: string; appointmentId: string; accountId: string },
): Promise<CallConnectionRow | undefined> {
  const row = await tx.orm
    .createQueryBuilder(callConnectionEntity, 'connection')
    .where('connection.id = :connectionId', wanted)
    .andWhere('connection.appointmentId = :appointmentId AND connection.accountId = :accountId')
    .getOne();
  return row ?? undefined;
}

export async function updateConnectionLeft(tx: Db, connectionId: string): Promise<void> {
  await tx.orm
    .createQueryBuilder()
    .update(callConnectionEntity)
    .set({ hasLeft: true })
    .where('id = :connectionId', { connectionId })
    .execute();
}
