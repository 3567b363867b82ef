import { inTransaction, type Db, type Orm } from '../../db/client.ts';
import { lockAppointment } from '../appointments/appointments.repository.ts';
import { bothOf } from '../appointments/appointments.events.ts';
import type { Appointment } from '../appointments/appointments.rules.ts';
import { callEvents, type CallChange } from '../calls/calls.events.ts';
import { updatePresence, updateRoomEnded } from '../calls/calls.repository.ts';
import { completionOf, discardOf, livingRoom, type Room } from '../calls/calls.state.ts';
import { lockStreams } from '../events/events.repository.ts';
import { findRoom, updateProviderConnection } from './webhooks.repository.ts';
import { presenceFrom, type PresenceStatus, type RoomStatus } from './webhooks.rules.ts';

/** Takes what the provider tells of a room, if that still matters. */
export async function receiveRoomStatus(db: Db, status: RoomStatus, now: Date): Promise<void> {
  await inTransaction(db, async (orm) => {
    const told = await findRoom(orm, status.roomName);
    if (!told || (status.roomSid !== undefined && status.roomSid !== told.providerId)) return;
    const appointment = await lockAppointment(db, orm, told.appointmentId, told.doctorId);
    if (!appointment) return;
    const { call } = appointment;
    const { room } = call;
    if (room?.id !== told.id || room.endedAt || completionOf(call, appointment, now)) return;
    await lockStreams(orm, bothOf(appointment));
    const changes =
      status.event === 'room-ended'
        ? await endRoom(orm, appointment, room, status.at, now)
        : await movePresence(orm, appointment, room, status);
    if (changes.length === 0) return;
    const after = await db.hotPaths.findAppointment(orm, appointment.id, told.doctorId);
    if (!after) throw new Error('An appointment that is locked has gone');
    await db.hotPaths.insertEvents(orm, callEvents(changes, after, now), now);
  });
}

async function movePresence(
  orm: Orm,
  { id: appointmentId, call }: Appointment,
  room: Room,
  status: PresenceStatus,
): Promise<CallChange[]> {
  const { accountId, at, connectionSid: providerId } = status;
  const own = call.participants.find((participant) => participant.accountId === accountId);
  const isConnecting = status.event === 'participant-connected';
  if (!own || own.roomId !== room.id) return [];
  /** @rule calls/unused-room */
  if (isConnecting && discardOf(room, call, at)) return [];
  const told = {
    roomId: room.id,
    accountId,
    providerId,
    ...(isConnecting ? { connectedAt: at } : { disconnectedAt: at }),
  };
  const presence = presenceFrom(await updateProviderConnection(orm, told), own);
  if (!presence) return [];
  if (presence.isConnected === own.isConnected) {
    // Told late: somebody was connected for a while of which nothing was known.
    if (!own.isConnected && (!own.leftAt || own.leftAt < presence.at)) {
      await updatePresence(orm, appointmentId, accountId, { leftAt: presence.at });
    }
    return [];
  }
  const { isConnected } = presence;
  const change = isConnected ? { isConnected, hasLeft: false, leftAt: null } : { isConnected, leftAt: presence.at };
  await updatePresence(orm, appointmentId, accountId, change);
  const type = isConnected ? 'call.participant-joined' : 'call.participant-left';
  return [{ type, accountId, at: presence.at }];
}

/** The provider's end of a room discards it; the appointment goes on. */
async function endRoom(orm: Orm, appointment: Appointment, room: Room, at: Date, now: Date): Promise<CallChange[]> {
  const { id: appointmentId, call } = appointment;
  const changes: CallChange[] = [];
  for (const { accountId, isConnected } of call.participants) {
    if (!isConnected) continue;
    await updatePresence(orm, appointmentId, accountId, { isConnected: false, leftAt: at });
    changes.push({ type: 'call.participant-left', accountId, at });
  }
  await updateRoomEnded(orm, room.id, { endedAt: at, endReason: 'provider' });
  // A room that time had discarded before changes nothing that anybody sees.
  return livingRoom(call, appointment, now) ? [...changes, { type: 'appointment.updated', at }] : changes;
}
