import { randomUUID } from 'node:crypto';
import type { Db } from '../../db/db.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { Caller } from '../../http/authenticate.ts';
import { Problem } from '../../problem.ts';
import type { JoinGrant, RoomProvider } from '../../video/room-provider.ts';
import type { Appointment } from '../appointments/appointment.ts';
import { lockAppointment, updateAppointment } from '../appointments/appointments.repository.ts';
import { callEndOf } from '../appointments/appointments.rules.ts';
import { getAppointment } from '../appointments/appointments.service.ts';
import type { NewEvent } from '../events/event.ts';
import type { Place, Room } from './call.ts';
import { appointmentEvent, participantEvent, supersededEvent } from './calls.events.ts';
import { countRooms, insertConnection, insertPlace, insertRoom, updateRoomEnded } from './calls.repository.ts';
import {
  discardOf,
  discardReason,
  isConnected,
  livingRoom,
  mustBeJoinable,
  ownPlace,
  roomNameOf,
  roomNotOpened,
} from './calls.rules.ts';
import type { InCall } from './calls.service.ts';
import { recordLapses, withPlace } from './lapses.ts';

interface Joining extends InCall {
  readonly provider: RoomProvider;
}

/** A room as the provider has made it. */
interface RemoteRoom {
  readonly name: string;
  readonly sid: string;
}

/**
 * Lets the caller into the call, in place of its older connections. The provider is asked for a room before anything is
 * locked or changed; all who join at once ask for the same name and get the same room.
 *
 * @throws Problem not-found, too-early, call-over, appointment-cancelled, video-unavailable
 * @rule calls/one-room
 * @rule calls/epoch
 * @rule calls/rejoin
 * @rule calls/provider-failure
 * @rule calls/empty-room
 */
export async function joinCall(db: Db, input: Joining, now: Date): Promise<JoinGrant> {
  const { rooms } = input.provider;
  const remote = await ensureRoom(db, input, now);
  try {
    const { grant, room, discarded } = await enter(db, { ...input, remote }, now);
    if (remote && remote.sid !== room.sid) rooms?.complete(remote.sid);
    // Its tokens still hold, and the provider may see somebody in it: nobody must wait there for one who is in the new room.
    if (discarded?.sid) rooms?.complete(discarded.sid);
    return grant;
  } catch (error) {
    // It was cancelled or ended meanwhile: nobody will use the room.
    if (remote && error instanceof Problem) rooms?.complete(remote.sid);
    throw error;
  }
}

async function ensureRoom(db: Db, input: Joining, now: Date): Promise<RemoteRoom | undefined> {
  const { caller, appointmentId, provider } = input;
  if (!provider.rooms) return undefined;
  // Counted first: a room that another join opens in between is seen, or has the very name that is asked for here.
  const name = roomNameOf(appointmentId, await countRooms(db, appointmentId));
  const appointment = await getAppointment(db, { appointmentId, accountId: caller.accountId }, now);
  mustBeJoinable(appointment, now);
  if (livingRoom(appointment, now)) return undefined;
  return { name, sid: await provider.rooms.ensure(name) };
}

function enter(
  db: Db,
  input: Joining & { remote: RemoteRoom | undefined },
  now: Date,
): Promise<{ grant: JoinGrant; room: Room; discarded: Room | null }> {
  const { caller, appointmentId, provider } = input;
  const { accountId } = caller;
  return inTransaction(db, async (tx) => {
    const found = await lockAppointment(tx, appointmentId, accountId);
    mustBeJoinable(found, now);
    const { appointment: before, events: lapses } = await recordLapses(tx, found, now);
    const room = livingRoom(before, now) ?? (await openRoom(tx, before, input, now));
    const place = newPlace(ownPlace(before, caller.role), room, provider, now);
    const isOfferer = caller.role === 'doctor';
    const epoch = before.call.epoch + (isOfferer ? 1 : 0);
    const startedAt = before.call.startedAt ?? now;
    await updateAppointment(tx, appointmentId, { callStartedAt: startedAt, callEpoch: epoch });
    await insertPlace(tx, appointmentId, accountId, place);
    const { connectionId } = place;
    await insertConnection(tx, { id: connectionId, appointmentId, accountId, roomId: room.id, joinedAt: now });
    const inRoom = { ...before, call: { ...before.call, room, epoch, startedAt } };
    const after = withPlace(inRoom, accountId, place);
    await tx.paths.insertEvents(tx, [...lapses, ...eventsOfJoin(before, after, caller, now)], now);
    const expiresAt = callEndOf(after);
    const entry = { roomName: room.name, connectionId, accountId, epoch, isOfferer, expiresAt };
    const discarded = found.call.room?.id === room.id ? null : found.call.room;
    return { grant: provider.grant(entry, now), room, discarded };
  });
}

/** Where the provider says who is connected, whoever is stays so, and whoever is not must connect first. */
function newPlace(old: Place | null, room: Room, { rooms }: RoomProvider, now: Date): Place {
  const base = { roomId: room.id, connectionId: randomUUID(), joinedAt: old?.joinedAt ?? now };
  if (!rooms) return { ...base, connectedAt: now, seenAt: now, leftAt: null };
  return { ...base, connectedAt: old?.connectedAt ?? null, seenAt: null, leftAt: old?.leftAt ?? null };
}

/** @rule calls/takeover */
function eventsOfJoin(before: Appointment, after: Appointment, { accountId, role }: Caller, now: Date): NewEvent[] {
  const old = ownPlace(before, role);
  const place = ownPlace(after, role);
  const events: NewEvent[] = [];
  if (!before.call.startedAt) events.push(appointmentEvent('call.started', after, now));
  else if (before.call.room?.id !== after.call.room?.id) {
    events.push(appointmentEvent('appointment.updated', after, now));
  }
  if (old && isConnected(old, now)) {
    events.push(supersededEvent(after, { accountId, connectionId: old.connectionId }, now));
  } else if (place && isConnected(place, now)) {
    events.push(participantEvent('call.participant-joined', { accountId, at: now }, after, now));
  }
  return events;
}

async function openRoom(
  tx: Db,
  appointment: Appointment,
  { provider, remote }: { provider: RoomProvider; remote: RemoteRoom | undefined },
  now: Date,
): Promise<Room> {
  const old = appointment.call.room;
  if (old) {
    const endedAt = discardOf(appointment, old, now) ?? now;
    await updateRoomEnded(tx, old.id, endedAt, discardReason(appointment, old));
  }
  const name = roomNameOf(appointment.id, await countRooms(tx, appointment.id));
  if (provider.rooms && remote?.name !== name) throw roomNotOpened();
  const room: Room = { id: randomUUID(), name, sid: remote?.sid ?? null, openedAt: now };
  await insertRoom(tx, appointment.id, room);
  return room;
}
