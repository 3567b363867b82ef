import type { Db } from '../../db/db.ts';
import type { Place, Room } from './call.ts';
import {
  callConnectionEntity,
  callParticipantEntity,
  roomEntity,
  type CallConnectionRow,
  type RoomRow,
} from './calls.entity.ts';
import { roomNameOf } from './calls.rules.ts';

/** Opens the appointment's next room; the one before must be marked as ended. Needs the appointment's lock. */
export async function insertRoom(tx: Db, appointmentId: string, id: string, now: Date): Promise<Room> {
  const roomsBefore = await tx.orm
    .createQueryBuilder(roomEntity, 'room')
    .where('room.appointmentId = :appointmentId', { appointmentId })
    .getCount();
  const room: Room = { id, name: roomNameOf(appointmentId, roomsBefore), openedAt: now };
  const row: RoomRow = { ...room, appointmentId, endedAt: null, endReason: null };
  await tx.orm.createQueryBuilder().insert().into(roomEntity).values(row).updateEntity(false).execute();
  return room;
}

/** Marks a room as ended. */
export async function updateRoomEnded(
  tx: Db,
  roomId: string,
  endedAt: Date,
  endReason: 'unused' | 'empty' | 'completed',
): Promise<void> {
  await tx.orm
    .createQueryBuilder()
    .update(roomEntity)
    .set({ endedAt, endReason })
    .where('id = :roomId', { roomId })
    .execute();
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
