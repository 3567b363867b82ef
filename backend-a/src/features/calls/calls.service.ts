import type { Db } from '../../db/db.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { Caller } from '../../http/authenticate.ts';
import type { RoomProvider } from '../../video/room-provider.ts';
import type { Appointment } from '../appointments/appointment.ts';
import { lockAppointment, updateAppointment } from '../appointments/appointments.repository.ts';
import { getAppointment } from '../appointments/appointments.service.ts';
import type { Room } from './call.ts';
import { appointmentEvent, participantEvent } from './calls.events.ts';
import { findConnection, updateConnectionLeft, updatePlace, updateRoomEnded } from './calls.repository.ts';
import {
  discardOf,
  discardReason,
  isConnected,
  livingRoom,
  mustBeEndable,
  mustNotBeOver,
  mustOwnPlace,
  ownPlace,
  placesOf,
} from './calls.rules.ts';
import { recordLapses, withPlace } from './lapses.ts';
import { updateConnectionsOver } from './provider-connections.repository.ts';
import { updateSignalsForgotten } from './signals.repository.ts';

export interface InCall {
  readonly caller: Caller;
  readonly appointmentId: string;
}

export interface InConnection extends InCall {
  readonly connectionId: string;
}

interface AtProvider {
  readonly provider: RoomProvider;
}

/**
 * A heartbeat of the caller's newest connection; it connects again when its presence had lapsed. A provider that says itself
 * who is connected needs none.
 *
 * @throws Problem not-found, call-over, not-joined, superseded
 * @rule calls/presence
 */
export async function keepPresence(db: Db, input: InConnection & AtProvider, now: Date): Promise<void> {
  const { accountId } = input.caller;
  if (input.provider.rooms) return void (await getAppointment(db, { ...input, accountId }, now));
  return inTransaction(db, async (tx) => {
    const found = await lockAppointment(tx, input.appointmentId, accountId);
    mustNotBeOver(found, now);
    const connection = await findConnection(tx, { ...input, accountId });
    const place = mustOwnPlace(found, input.caller.role, connection, now);
    const { appointment, events: lapses } = await recordLapses(tx, found, now);
    const seenAt = place.seenAt && place.seenAt > now ? place.seenAt : now;
    await updatePlace(tx, place.connectionId, input.appointmentId, { seenAt, leftAt: null });
    const after = withPlace(appointment, accountId, { ...place, seenAt, leftAt: null });
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
    const room = livingRoom(found, now);
    if (!room || ownPlace(found, role)?.connectionId !== input.connectionId) return;
    const { appointment, events: lapses } = await recordLapses(tx, found, now);
    await updateConnectionLeft(tx, input.connectionId);
    await updateConnectionsOver(tx, { roomId: room.id, accountId }, now);
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
export async function endCall(db: Db, input: InCall & AtProvider, now: Date): Promise<Appointment> {
  const { caller, appointmentId, provider } = input;
  const { ended, room } = await inTransaction(db, async (tx) => {
    const found = await lockAppointment(tx, appointmentId, caller.accountId);
    mustBeEndable(found, caller.role, now);
    const { appointment, events: lapses } = await recordLapses(tx, found, now);
    if (appointment.call.room) await markEnded(tx, appointment, appointment.call.room, now);
    for (const { connectionId } of placesOf(appointment).filter((place) => isConnected(place, now))) {
      await updatePlace(tx, connectionId, appointmentId, { leftAt: now });
    }
    await updateAppointment(tx, appointmentId, { callEndedAt: now });
    await updateSignalsForgotten(tx, appointmentId);
    const after = (await tx.paths.findAppointment(tx, appointmentId, caller.accountId)) ?? appointment;
    await tx.paths.insertEvents(tx, [...lapses, appointmentEvent('call.ended', after, now)], now);
    return { ended: after, room: appointment.call.room };
  });
  if (room?.sid) provider.rooms?.complete(room.sid);
  return ended;
}

async function markEnded(tx: Db, appointment: Appointment, room: Room, now: Date): Promise<void> {
  if (livingRoom(appointment, now)) return updateRoomEnded(tx, room.id, now, 'completed');
  await updateRoomEnded(tx, room.id, discardOf(appointment, room, now) ?? now, discardReason(appointment, room));
}
