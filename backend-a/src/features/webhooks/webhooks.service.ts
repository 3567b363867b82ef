import type { Db } from '../../db/db.ts';
import { inTransaction } from '../../db/transaction.ts';
import { isStorable } from '../../text.ts';
import type { Appointment } from '../appointments/appointment.ts';
import { lockAppointment } from '../appointments/appointments.repository.ts';
import type { Place, Room } from '../calls/call.ts';
import { appointmentEvent, participantEvent } from '../calls/calls.events.ts';
import { findRoomByName, updatePlace, updateRoomEnded } from '../calls/calls.repository.ts';
import { isConnected, livingRoom } from '../calls/calls.rules.ts';
import { withPlace } from '../calls/lapses.ts';
import { afterConnect, afterDisconnect, type RoomStatus } from './webhooks.rules.ts';

/**
 * Moves the call on as the provider says, and never back; what concerns no living room changes nothing.
 *
 * @rule webhooks/room-status
 */
export async function receiveRoomStatus(db: Db, status: RoomStatus, now: Date): Promise<void> {
  const named = isStorable(status.roomName) ? await findRoomByName(db, status.roomName) : undefined;
  if (!named) return;
  await inTransaction(db, async (tx) => {
    const appointment = await lockAppointment(tx, named.appointmentId, named.doctorId);
    const room = livingRoom(appointment, status.at);
    const isOther = status.roomSid !== undefined && room?.sid !== status.roomSid;
    if (!room || room.id !== named.id || isOther || appointment.call.endedAt) return;
    if (status.event === 'room-ended') await endRoom(tx, appointment, room, status.at, now);
    else await movePlace(tx, appointment, room, status, now);
  });
}

async function movePlace(tx: Db, appointment: Appointment, room: Room, status: RoomStatus, now: Date): Promise<void> {
  const { event, at, identity, participantSid } = status;
  const own = occupantsOf(appointment, room).find(({ accountId }) => accountId === identity);
  if (!own) return;
  const { accountId, place } = own;
  const move = event === 'participant-connected' ? afterConnect : afterDisconnect;
  const moved = move(place, at, participantSid);
  if (!moved) return;
  const { connectedAt, leftAt, sid, toldLeftAt } = moved;
  await updatePlace(tx, place.connectionId, appointment.id, { connectedAt, leftAt, sid, toldLeftAt });
  // One device that takes over from another, or a later word on who has left already, is nothing to tell.
  if (isConnected(place, at) === isConnected(moved, at) && place.connectedAt) return;
  const type = event === 'participant-connected' ? 'call.participant-joined' : 'call.participant-left';
  const after = withPlace(appointment, accountId, moved);
  await tx.paths.insertEvents(tx, [participantEvent(type, { accountId, at }, after, now)], now);
}

async function endRoom(tx: Db, appointment: Appointment, room: Room, at: Date, now: Date): Promise<void> {
  await updateRoomEnded(tx, room.id, at, 'provider');
  let after: Appointment = { ...appointment, call: { ...appointment.call, room: null } };
  for (const { accountId, place } of occupantsOf(appointment, room).filter((each) => isConnected(each.place, at))) {
    const leftAt = place.connectedAt && place.connectedAt > at ? place.connectedAt : at;
    await updatePlace(tx, place.connectionId, appointment.id, { leftAt });
    after = withPlace(after, accountId, { ...place, leftAt });
  }
  await tx.paths.insertEvents(tx, [appointmentEvent('appointment.updated', after, now)], now);
}

function occupantsOf({ doctor, user, call }: Appointment, room: Room): { accountId: string; place: Place }[] {
  const places = [
    { accountId: doctor.id, place: call.doctorPlace },
    { accountId: user.id, place: call.userPlace },
  ];
  return places.flatMap(({ accountId, place }) => (place?.roomId === room.id ? [{ accountId, place }] : []));
}
