import type { Db } from '../../db/db.ts';
import { inTransaction } from '../../db/transaction.ts';
import { isStorable } from '../../text.ts';
import type { Appointment } from '../appointments/appointment.ts';
import { lockAppointment } from '../appointments/appointments.repository.ts';
import type { Place, Room } from '../calls/call.ts';
import { participantEvent } from '../calls/calls.events.ts';
import { findRoomByName, updatePlace, updateRoomEnded } from '../calls/calls.repository.ts';
import { isConnected, livingRoom } from '../calls/calls.rules.ts';
import { withPlace } from '../calls/lapses.ts';
import { listConnections, updateConnection } from '../calls/provider-connections.repository.ts';
import { afterCallback, placeAfter, type RoomStatus } from './webhooks.rules.ts';

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
  const own = occupantsOf(appointment, room).find(({ accountId }) => accountId === status.identity);
  if (!own) return;
  const { accountId, place } = own;
  const occupant = { roomId: room.id, accountId };
  const sid = status.participantSid ?? '';
  const told = await listConnections(tx, occupant);
  const before = told.find((each) => each.sid === sid) ?? { ...occupant, sid, connectedAt: null, disconnectedAt: null };
  const after = afterCallback(before, status);
  if (!after) return;
  await updateConnection(tx, { ...occupant, ...after });
  const moved = placeAfter(place, [...told.filter((each) => each !== before), after], before);
  if (!moved) return;
  const { connectedAt, leftAt } = moved;
  await updatePlace(tx, place.connectionId, appointment.id, { connectedAt, leftAt });
  const changed = withPlace(appointment, accountId, moved);
  const event = leftAt
    ? participantEvent('call.participant-left', { accountId, at: leftAt }, changed, now)
    : participantEvent('call.participant-joined', { accountId, at: connectedAt ?? status.at }, changed, now);
  await tx.paths.insertEvents(tx, [event], now);
}

async function endRoom(tx: Db, appointment: Appointment, room: Room, at: Date, now: Date): Promise<void> {
  await updateRoomEnded(tx, room.id, at, 'provider');
  const left = occupantsOf(appointment, room)
    .filter(({ place }) => isConnected(place, at))
    .map(({ accountId, place }) => ({ accountId, place: { ...place, leftAt: later(place.connectedAt, at) } }));
  let after: Appointment = { ...appointment, call: { ...appointment.call, room: null } };
  for (const { accountId, place } of left) {
    await updatePlace(tx, place.connectionId, appointment.id, { leftAt: place.leftAt });
    after = withPlace(after, accountId, place);
  }
  const events = left.map(({ accountId, place }) =>
    participantEvent('call.participant-left', { accountId, at: place.leftAt }, after, now),
  );
  await tx.paths.insertEvents(tx, events, now);
}

function later(one: Date | null, other: Date): Date {
  return one && one > other ? one : other;
}

function occupantsOf({ doctor, user, call }: Appointment, room: Room): { accountId: string; place: Place }[] {
  const places = [
    { accountId: doctor.id, place: call.doctorPlace },
    { accountId: user.id, place: call.userPlace },
  ];
  return places.flatMap(({ accountId, place }) => (place?.roomId === room.id ? [{ accountId, place }] : []));
}
