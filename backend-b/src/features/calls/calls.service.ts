import { randomUUID } from 'node:crypto';
import { inTransaction, type Db, type Orm } from '../../db/client.ts';
import { notFound } from '../../problem.ts';
import type { Schemas } from '../../http/contract.ts';
import type { RoomProvider } from '../../video/room-provider.ts';
import type { Account } from '../accounts/accounts.rules.ts';
import { findAppointment, lockAppointment } from '../appointments/appointments.repository.ts';
import type { Appointment } from '../appointments/appointments.rules.ts';
import { lockStreams } from '../events/events.repository.ts';
import * as repository from './calls.repository.ts';
import { checkEnd, checkJoin, checkPresence, isLeaving } from './calls.rules.ts';
import { discardOf, lastEnd, livingRoom, presenceAt, type Participant, type Room } from './calls.state.ts';

export interface CallInput {
  account: Account;
  appointmentId: string;
}

export interface ConnectionInput extends CallInput {
  connectionId: string;
  provider: RoomProvider;
}

/** @throws Problem not-found, appointment-cancelled, call-over, too-early */
export async function joinCall(
  db: Db,
  input: CallInput & { provider: RoomProvider },
  now: Date,
): Promise<Schemas['JoinGrant']> {
  const { account, provider } = input;
  return inTransaction(db, async (orm) => {
    const appointment = await lockCall(orm, input);
    checkJoin(appointment, now);
    const room = livingRoom(appointment.call, appointment, now) ?? (await openRoom(orm, appointment, provider, now));
    /** @rule calls/rejoin */
    const connectionId = randomUUID();
    const participant = {
      accountId: account.id,
      roomId: room.id,
      connectionId,
      joinedAt: participantOf(appointment, account)?.joinedAt ?? now,
      isConnected: provider.isConnectedByJoin,
      hasLeft: false,
      lastSeenAt: provider.isConnectedByJoin ? now : null,
      leftAt: null,
    };
    await repository.insertConnection(orm, appointment.id, participant, now);
    /** @rule calls/epoch */
    const epoch = appointment.call.epoch + (account.role === 'doctor' ? 1 : 0);
    await repository.updateCall(orm, appointment.id, { startedAt: appointment.call.startedAt ?? now, epoch });
    return provider.grantJoin({ room, connectionId, account, epoch, expiresAt: lastEnd(appointment) });
  });
}

/** @rule calls/one-room */
async function openRoom(orm: Orm, { id, call }: Appointment, provider: RoomProvider, now: Date): Promise<Room> {
  const discardedAt = call.room && discardOf(call.room, call, now);
  if (call.room && discardedAt && !call.room.endedAt) {
    await repository.updateRoomEnded(orm, call.room.id, { endedAt: discardedAt, endReason: 'empty' });
  }
  const number = (call.room?.number ?? 0) + 1;
  const room = {
    id: randomUUID(),
    number,
    name: `${id}-${number}`,
    provider: provider.name,
    openedAt: now,
    endedAt: null,
  };
  await repository.insertRoom(orm, id, room);
  return room;
}

/** @throws Problem not-found, call-over, not-joined, superseded */
export async function keepPresence(db: Db, input: ConnectionInput, now: Date): Promise<void> {
  const { account, provider, connectionId } = input;
  if (!provider.isConnectedByJoin) {
    await getParticipation(db.orm, input);
    return;
  }
  await inTransaction(db, async (orm) => {
    const appointment = await lockCall(orm, input);
    const own = participantOf(appointment, account);
    const owner = { appointmentId: appointment.id, accountId: account.id };
    const connection = await repository.findConnection(orm, connectionId, owner);
    const isKnown = connection !== undefined && connection.roomId === appointment.call.room?.id;
    checkPresence(appointment, own, { id: connectionId, isKnown }, now);
    const lastSeenAt = own.lastSeenAt && own.lastSeenAt > now ? own.lastSeenAt : now;
    await repository.updatePresence(orm, appointment.id, account.id, { isConnected: true, lastSeenAt, leftAt: null });
  });
}

/** Nothing changes unless the caller's newest connection is named. @throws Problem not-found */
export async function leaveCall(db: Db, input: ConnectionInput, now: Date): Promise<void> {
  const { account, connectionId } = input;
  await inTransaction(db, async (orm) => {
    const appointment = await lockCall(orm, input);
    const own = participantOf(appointment, account);
    if (!isLeaving(own, connectionId) || !livingRoom(appointment.call, appointment, now)) return;
    const { isConnected, leftAt } = presenceAt(own, null, now);
    const left = { isConnected: false, hasLeft: true, leftAt: isConnected ? now : leftAt };
    await repository.updatePresence(orm, appointment.id, account.id, left);
  });
}

/** @throws Problem not-found, forbidden-role, invalid-transition */
export async function endCall(db: Db, input: CallInput, now: Date): Promise<Appointment> {
  return inTransaction(db, async (orm) => {
    const appointment = await lockCall(orm, input);
    checkEnd(appointment, input.account.role, now);
    const { call } = appointment;
    for (const participant of call.participants) {
      const { isConnected, leftAt } = presenceAt(participant, null, now);
      const presence = { isConnected: false, leftAt: isConnected ? now : leftAt };
      await repository.updatePresence(orm, appointment.id, participant.accountId, presence);
    }
    if (call.room && !call.room.endedAt) {
      await repository.updateRoomEnded(orm, call.room.id, { endedAt: now, endReason: 'completed' });
    }
    await repository.updateCall(orm, appointment.id, { endedAt: now });
    return getParticipation(orm, input);
  });
}

/** Locks the appointment, then both people's streams. @throws Problem not-found */
async function lockCall(orm: Orm, { account, appointmentId }: CallInput): Promise<Appointment> {
  const appointment = await lockAppointment(orm, appointmentId, account.id);
  if (!appointment) throw notFound('appointment');
  await lockStreams(orm, [appointment.doctor.id, appointment.user.id]);
  return appointment;
}

async function getParticipation(orm: Orm, { account, appointmentId }: CallInput): Promise<Appointment> {
  const appointment = await findAppointment(orm, appointmentId, account.id);
  if (!appointment) throw notFound('appointment');
  return appointment;
}

function participantOf({ call }: Appointment, account: Account): Participant | undefined {
  return call.participants.find((participant) => participant.accountId === account.id);
}
