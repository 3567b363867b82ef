import { randomUUID } from 'node:crypto';
import type { Orm } from '../../db/client.ts';
import type { Schemas } from '../../http/contract.ts';
import type { RoomProvider } from '../../video/room-provider.ts';
import type { Account } from '../accounts/accounts.rules.ts';
import type { Appointment } from '../appointments/appointments.rules.ts';
import { participantOf } from './calls.access.ts';
import type { CallChange } from './calls.events.ts';
import { recordLapses } from './calls.lapses.ts';
import * as repository from './calls.repository.ts';
import { discardOf, lastEnd, livingRoom, nextRoomName, presenceAt, wasEverUsed, type Room } from './calls.state.ts';

/** A room that the provider has made already. */
export interface MadeRoom {
  name: string;
  providerId: string;
}

export interface Join {
  account: Account;
  provider: RoomProvider;
  made: MadeRoom | undefined;
}

export interface Joined {
  grant: Schemas['JoinGrant'];
  changes: CallChange[];
  /** The provider's id of the room that this one follows, which time had discarded: nobody is to meet there any more. */
  discarded: string | undefined;
}

/** Stores a join of a call that is open, its rows locked. */
export async function enterCall(orm: Orm, appointment: Appointment, join: Join, now: Date): Promise<Joined> {
  const { call } = appointment;
  const { account, provider } = join;
  const changes = await recordLapses(orm, appointment, now);
  const living = livingRoom(call, appointment, now);
  const room = living ?? (await openRoom(orm, appointment, join, now));
  if (!living) changes.push({ type: call.startedAt ? 'appointment.updated' : 'call.started', at: now });
  const own = participantOf(appointment, account);
  const wasConnected = living !== null && own !== undefined && presenceAt(own, null, now).isConnected;
  if (wasConnected) {
    changes.push({ type: 'call.superseded', accountId: account.id, connectionId: own.connectionId });
  } else if (provider.isConnectedByJoin) {
    changes.push({ type: 'call.participant-joined', accountId: account.id, at: now });
  }
  /** @rule calls/rejoin */
  const connectionId = randomUUID();
  const isConnected = provider.isConnectedByJoin || wasConnected;
  const participant = {
    accountId: account.id,
    roomId: room.id,
    connectionId,
    joinedAt: own?.joinedAt ?? now,
    isConnected,
    hasLeft: false,
    lastSeenAt: provider.isConnectedByJoin ? now : null,
    leftAt: isConnected ? null : (own?.leftAt ?? null),
    departedAt: own?.departedAt ?? null,
  };
  await repository.insertConnection(orm, appointment.id, participant, now);
  /** @rule calls/epoch */
  const epoch = call.epoch + (account.role === 'doctor' ? 1 : 0);
  await repository.updateCall(orm, appointment.id, { startedAt: call.startedAt ?? now, epoch });
  const expiresAt = lastEnd(appointment);
  const grant = provider.grantJoin({ room, connectionId, account, epoch, expiresAt }, now);
  const isFollowing = !living && call.room && !call.room.endedAt;
  return { grant, changes, discarded: (isFollowing && call.room?.providerId) || undefined };
}

/** @rule calls/one-room */
async function openRoom(orm: Orm, { id, call }: Appointment, { provider, made }: Join, now: Date): Promise<Room> {
  const old = call.room;
  const discardedAt = old && discardOf(old, call, now);
  if (old && discardedAt && !old.endedAt) {
    /** @rule calls/unused-room */
    const endReason = wasEverUsed(old, call) ? 'empty' : 'unused';
    await repository.updateRoomEnded(orm, old.id, { endedAt: discardedAt, endReason });
  }
  const room = {
    id: randomUUID(),
    number: (old?.number ?? 0) + 1,
    name: nextRoomName({ id, call }),
    provider: provider.name,
    providerId: made?.providerId ?? null,
    openedAt: now,
    endedAt: null,
  };
  await repository.insertRoom(orm, id, room);
  return room;
}
