import { randomUUID } from 'node:crypto';
import type { Db } from '../../db/db.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { Caller } from '../../http/authenticate.ts';
import type { JoinGrant, RoomProvider } from '../../video/room-provider.ts';
import type { Appointment } from '../appointments/appointment.ts';
import { lockAppointment, updateAppointment } from '../appointments/appointments.repository.ts';
import { callEndOf } from '../appointments/appointments.rules.ts';
import type { NewEvent } from '../events/event.ts';
import type { Place, Room } from './call.ts';
import { appointmentEvent, participantEvent, supersededEvent } from './calls.events.ts';
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
  livingRoom,
  mustBeEndable,
  mustBeJoinable,
  mustNotBeOver,
  mustOwnPlace,
  ownPlace,
  placesOf,
} from './calls.rules.ts';
import { recordLapses, withPlace } from './lapses.ts';
import { updateSignalsForgotten } from './signals.repository.ts';

export interface InCall {
  readonly caller: Caller;
  readonly appointmentId: string;
}

export interface InConnection extends InCall {
  readonly connectionId: string;
}

/**
 * Lets the caller into the call, in place of its older connections.
 *
 * @throws Problem not-found, too-early, call-over, appointment-cancelled
 * @rule calls/one-room
 * @rule calls/epoch
 * @rule calls/rejoin
 */
export function joinCall(db: Db, input: InCall & { provider: RoomProvider }, now: Date): Promise<JoinGrant> {
  const { caller, appointmentId, provider } = input;
  return inTransaction(db, async (tx) => {
    const found = await lockAppointment(tx, appointmentId, caller.accountId);
    mustBeJoinable(found, now);
    const { appointment: before, events: lapses } = await recordLapses(tx, found, now);
    const room = livingRoom(before, now) ?? (await openRoom(tx, before, now));
    const place = newPlace(before, caller, room, now);
    const isOfferer = caller.role === 'doctor';
    const epoch = before.call.epoch + (isOfferer ? 1 : 0);
    const startedAt = before.call.startedAt ?? now;
    await updateAppointment(tx, appointmentId, { callStartedAt: startedAt, callEpoch: epoch });
    await insertPlace(tx, appointmentId, caller.accountId, place);
    const { connectionId } = place;
    const join = { id: connectionId, appointmentId, accountId: caller.accountId, roomId: room.id, joinedAt: now };
    await insertConnection(tx, join);
    const inRoom = { ...before, call: { ...before.call, room, epoch, startedAt } };
    const after = withPlace(inRoom, caller.accountId, place);
    await tx.paths.insertEvents(tx, [...lapses, ...eventsOfJoin(before, after, caller, now)], now);
    const expiresAt = callEndOf(after);
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
export function keepPresence(db: Db, input: InConnection, now: Date): Promise<void> {
  const { accountId } = input.caller;
  return inTransaction(db, async (tx) => {
    const found = await lockAppointment(tx, input.appointmentId, accountId);
    mustNotBeOver(found, now);
    const connection = await findConnection(tx, { ...input, accountId });
    const place = mustOwnPlace(found, input.caller.role, connection, now);
    const { appointment, events: lapses } = await recordLapses(tx, found, now);
    await updatePlace(tx, place.connectionId, input.appointmentId, { seenAt: now, leftAt: null });
    const after = withPlace(appointment, accountId, { ...place, seenAt: now, leftAt: null });
    const returns = isConnected(place, now)
      ? []
      : [participantEvent('call.participant-joined', { accountId, at: now }, after, now)];
    await tx.paths.insertEvents(tx, [...lapses, ...returns], now);
  });
}

/**
 * Disconnects the caller's newest connection; whatever else is named, nothing changes.
 *
 * @throws Problem not-found
 * @rule calls/leave
 */
export function leaveCall(db: Db, input: InConnection, now: Date): Promise<void> {
  const { accountId, role } = input.caller;
  return inTransaction(db, async (tx) => {
    const found = await lockAppointment(tx, input.appointmentId, accountId);
    if (!livingRoom(found, now) || ownPlace(found, role)?.connectionId !== input.connectionId) return;
    const { appointment, events: lapses } = await recordLapses(tx, found, now);
    await updateConnectionLeft(tx, input.connectionId);
    const place = ownPlace(appointment, role);
    if (!place || !isConnected(place, now)) return tx.paths.insertEvents(tx, lapses, now);
    await updatePlace(tx, place.connectionId, input.appointmentId, { leftAt: now });
    const after = withPlace(appointment, accountId, { ...place, leftAt: now });
    const left = participantEvent('call.participant-left', { accountId, at: now }, after, now);
    await tx.paths.insertEvents(tx, [...lapses, left], now);
  });
}

/**
 * Completes the appointment; nobody is connected afterwards, and what the two browsers told each other is forgotten.
 *
 * @throws Problem not-found, forbidden-role, invalid-transition
 * @rule calls/doctor-ends
 * @rule calls/signals-forgotten
 */
export function endCall(db: Db, input: InCall, now: Date): Promise<Appointment> {
  const { caller, appointmentId } = input;
  return inTransaction(db, async (tx) => {
    const found = await lockAppointment(tx, appointmentId, caller.accountId);
    mustBeEndable(found, caller.role, now);
    const { appointment, events: lapses } = await recordLapses(tx, found, now);
    const { room } = appointment.call;
    if (room) await markEnded(tx, appointment, room, now);
    for (const { connectionId } of placesOf(appointment).filter((place) => isConnected(place, now))) {
      await updatePlace(tx, connectionId, appointmentId, { leftAt: now });
    }
    await updateAppointment(tx, appointmentId, { callEndedAt: now });
    await updateSignalsForgotten(tx, appointmentId);
    const ended = (await tx.paths.findAppointment(tx, appointmentId, caller.accountId)) ?? appointment;
    await tx.paths.insertEvents(tx, [...lapses, appointmentEvent('call.ended', ended, now)], now);
    return ended;
  });
}

function newPlace(before: Appointment, caller: Caller, room: Room, now: Date): Place {
  const joinedAt = ownPlace(before, caller.role)?.joinedAt ?? now;
  return { roomId: room.id, connectionId: randomUUID(), joinedAt, connectedAt: now, seenAt: now, leftAt: null };
}

/** @rule calls/takeover */
function eventsOfJoin(before: Appointment, after: Appointment, caller: Caller, now: Date): NewEvent[] {
  const { accountId, role } = caller;
  const old = ownPlace(before, role);
  const isFirst = before.call.startedAt === null;
  const isNewRoom = !isFirst && before.call.room?.id !== after.call.room?.id;
  return [
    ...(isFirst ? [appointmentEvent('call.started', after, now)] : []),
    ...(isNewRoom ? [appointmentEvent('appointment.updated', after, now)] : []),
    old && isConnected(old, now)
      ? supersededEvent(after, { accountId, connectionId: old.connectionId }, now)
      : participantEvent('call.participant-joined', { accountId, at: now }, after, now),
  ];
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
