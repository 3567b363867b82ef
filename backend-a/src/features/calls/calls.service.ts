import { randomUUID } from 'node:crypto';
import type { Db } from '../../db/db.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { Caller } from '../../http/authenticate.ts';
import type { JoinGrant, RoomProvider } from '../../video/room-provider.ts';
import type { Appointment } from '../appointments/appointment.ts';
import { lockAppointment, updateAppointment } from '../appointments/appointments.repository.ts';
import { callEndOf } from '../appointments/appointments.rules.ts';
import type { Place, Room } from './call.ts';
import {
  findConnection,
  insertConnection,
  insertPlace,
  insertRoom,
  updateConnectionLeft,
  updatePlace,
  updateRoomEnded,
} from './calls.repository.ts';
import {
  discardOf,
  discardReason,
  isConnected,
  lapsedAt,
  livingRoom,
  mustBeEndable,
  mustBeJoinable,
  mustNotBeOver,
  notJoined,
  placesOf,
  superseded,
} from './calls.rules.ts';

interface InCall {
  readonly caller: Caller;
  readonly appointmentId: string;
}

interface Connection extends InCall {
  readonly connectionId: string;
}

/**
 * Lets the caller into the call, in place of its older connections.
 *
 * @throws Problem not-found, appointment-cancelled, call-over, too-early
 * @rule calls/one-room
 * @rule calls/epoch
 * @rule calls/rejoin
 */
export function joinCall(db: Db, input: InCall & { provider: RoomProvider }, now: Date): Promise<JoinGrant> {
  const { caller, appointmentId, provider } = input;
  return inTransaction(db, async (tx) => {
    const appointment = await lockAppointment(tx, appointmentId, caller.accountId);
    mustBeJoinable(appointment, now);
    await recordLapses(tx, appointment, now);
    const room = livingRoom(appointment, now) ?? (await openRoom(tx, appointment, now));
    const connectionId = randomUUID();
    const isOfferer = caller.role === 'doctor';
    const epoch = appointment.call.epoch + (isOfferer ? 1 : 0);
    await updateAppointment(tx, appointmentId, { callStartedAt: appointment.call.startedAt ?? now, callEpoch: epoch });
    const joinedAt = ownPlace(appointment, caller)?.joinedAt ?? now;
    const place: Place = { roomId: room.id, connectionId, joinedAt, connectedAt: now, seenAt: now, leftAt: null };
    await insertPlace(tx, appointmentId, caller.accountId, place);
    const join = { id: connectionId, appointmentId, accountId: caller.accountId, roomId: room.id, joinedAt: now };
    await insertConnection(tx, join);
    const expiresAt = callEndOf(appointment);
    return provider.grant({
      roomName: room.name,
      connectionId,
      accountId: caller.accountId,
      epoch,
      isOfferer,
      expiresAt,
    });
  });
}

/**
 * A heartbeat of the caller's newest connection; it connects again when its presence had lapsed.
 *
 * @throws Problem not-found, call-over, not-joined, superseded
 * @rule calls/presence
 */
export function keepPresence(db: Db, input: Connection, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const appointment = await lockAppointment(tx, input.appointmentId, input.caller.accountId);
    mustNotBeOver(appointment, now);
    const connection = await findConnection(tx, { ...input, accountId: input.caller.accountId });
    const room = livingRoom(appointment, now);
    if (!connection || connection.hasLeft || connection.roomId !== room?.id) throw notJoined();
    if (ownPlace(appointment, input.caller)?.connectionId !== connection.id) throw superseded();
    await recordLapses(tx, appointment, now);
    await updatePlace(tx, connection.id, input.appointmentId, { seenAt: now, leftAt: null });
  });
}

/**
 * Disconnects the caller's newest connection; whatever else is named, nothing changes.
 *
 * @throws Problem not-found
 * @rule calls/leave
 */
export function leaveCall(db: Db, input: Connection, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const appointment = await lockAppointment(tx, input.appointmentId, input.caller.accountId);
    const place = ownPlace(appointment, input.caller);
    if (!livingRoom(appointment, now) || place?.connectionId !== input.connectionId) return;
    await recordLapses(tx, appointment, now);
    await updateConnectionLeft(tx, place.connectionId);
    const leftAt = place.leftAt ?? lapsedAt(place, now) ?? now;
    await updatePlace(tx, place.connectionId, input.appointmentId, { leftAt });
  });
}

/**
 * Completes the appointment; nobody is connected afterwards.
 *
 * @throws Problem not-found, forbidden-role, invalid-transition
 * @rule calls/doctor-ends
 */
export function endCall(db: Db, input: InCall, now: Date): Promise<Appointment> {
  const { caller, appointmentId } = input;
  return inTransaction(db, async (tx) => {
    const appointment = await lockAppointment(tx, appointmentId, caller.accountId);
    mustBeEndable(appointment, caller.role, now);
    await recordLapses(tx, appointment, now);
    const { room } = appointment.call;
    if (room) await markEnded(tx, appointment, room, now);
    for (const { connectionId } of placesOf(appointment).filter((place) => isConnected(place, now))) {
      await updatePlace(tx, connectionId, appointmentId, { leftAt: now });
    }
    await updateAppointment(tx, appointmentId, { callEndedAt: now });
    const ended = await tx.paths.findAppointment(tx, appointmentId, caller.accountId);
    return ended ?? appointment;
  });
}

async function openRoom(tx: Db, appointment: Appointment, now: Date): Promise<Room> {
  const { room } = appointment.call;
  if (room)
    await updateRoomEnded(tx, room.id, discardOf(appointment, room, now) ?? now, discardReason(appointment, room));
  return insertRoom(tx, appointment.id, randomUUID(), now);
}

async function markEnded(tx: Db, appointment: Appointment, room: Room, now: Date): Promise<void> {
  if (livingRoom(appointment, now)) return updateRoomEnded(tx, room.id, now, 'completed');
  await updateRoomEnded(tx, room.id, discardOf(appointment, room, now) ?? now, discardReason(appointment, room));
}

/** The first write that meets a lapsed presence records it, with the instant of the last heartbeat. */
async function recordLapses(tx: Db, appointment: Appointment, now: Date): Promise<void> {
  for (const place of placesOf(appointment)) {
    const lapsed = place.leftAt ? undefined : lapsedAt(place, now);
    if (lapsed) await updatePlace(tx, place.connectionId, appointment.id, { leftAt: lapsed });
  }
}

function ownPlace({ call }: Appointment, caller: Caller): Place | null {
  return caller.role === 'doctor' ? call.doctorPlace : call.userPlace;
}
