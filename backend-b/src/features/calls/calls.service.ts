import { inTransaction, type Db, type Orm } from '../../db/client.ts';
import type { Schemas } from '../../http/contract.ts';
import { Problem } from '../../problem.ts';
import type { RoomProvider } from '../../video/room-provider.ts';
import type { Appointment } from '../appointments/appointments.rules.ts';
import { getParticipation, lockCall, participantOf, type CallInput, type ConnectionInput } from './calls.access.ts';
import { callEvents, type CallChange } from './calls.events.ts';
import { enterCall, type MadeRoom } from './calls.join.ts';
import { recordLapses } from './calls.lapses.ts';
import * as repository from './calls.repository.ts';
import { checkEnd, checkJoin, checkPresence, isLeaving } from './calls.rules.ts';
import { livingRoom, nextRoomName, presenceAt } from './calls.state.ts';

/**
 * Where rooms need making, the provider is asked between two transactions, so that nothing is locked meanwhile; racers
 * ask for the same name and get the same room. What the first transaction saw the second one checks again.
 * @throws Problem not-found, too-early, call-over, appointment-cancelled, video-unavailable
 */
export async function joinCall(
  db: Db,
  input: CallInput & { provider: RoomProvider },
  now: Date,
): Promise<Schemas['JoinGrant']> {
  const { account, provider } = input;
  for (;;) {
    const made = provider.makeRoom && (await makeRoom(db, input, provider.makeRoom, now));
    const joined = await inTransaction(db, async (orm) => {
      const appointment = await lockCall(db, orm, input);
      checkJoin(appointment, now);
      if (isMakingNeeded(appointment, provider, made, now)) return undefined;
      const entered = await enterCall(orm, appointment, { account, provider, made }, now);
      await tell(db, orm, input, entered.changes, now);
      return entered;
    }).catch((error: unknown) => {
      // Over or cancelled meanwhile: nobody will enter the room any more.
      if (made && error instanceof Problem) provider.endRoom(made.providerId);
      throw error;
    });
    if (joined?.discarded) provider.endRoom(joined.discarded);
    if (joined) return joined.grant;
  }
}

async function makeRoom(
  db: Db,
  input: CallInput,
  make: (name: string) => Promise<string>,
  now: Date,
): Promise<MadeRoom | undefined> {
  const appointment = await getParticipation(db, db.orm, input);
  checkJoin(appointment, now);
  if (livingRoom(appointment.call, appointment, now)) return undefined;
  const name = nextRoomName(appointment);
  return { name, providerId: await make(name) };
}

/** Whether the room that is to be entered is another one than was made, or none was made. */
function isMakingNeeded(
  appointment: Appointment,
  provider: RoomProvider,
  made: MadeRoom | undefined,
  now: Date,
): boolean {
  if (!provider.makeRoom || livingRoom(appointment.call, appointment, now)) return false;
  return made?.name !== nextRoomName(appointment);
}

/** @throws Problem not-found, call-over, not-joined, superseded */
export async function keepPresence(db: Db, input: ConnectionInput, now: Date): Promise<void> {
  const { account, provider, connectionId } = input;
  if (!provider.isConnectedByJoin) {
    await getParticipation(db, db.orm, input);
    return;
  }
  await inTransaction(db, async (orm) => {
    const appointment = await lockCall(db, orm, input);
    const own = participantOf(appointment, account);
    const isKnown = await repository.isConnectionOf(orm, connectionId, appointment, account.id);
    checkPresence(appointment, own, { id: connectionId, isKnown }, now);
    const changes = await recordLapses(orm, appointment, now);
    if (!presenceAt(own, null, now).isConnected) {
      changes.push({ type: 'call.participant-joined', accountId: account.id, at: now });
    }
    const lastSeenAt = own.lastSeenAt && own.lastSeenAt > now ? own.lastSeenAt : now;
    await repository.updatePresence(orm, appointment.id, account.id, { isConnected: true, lastSeenAt, leftAt: null });
    await tell(db, orm, input, changes, now);
  });
}

/** Nothing changes unless the caller's newest connection is named. @throws Problem not-found */
export async function leaveCall(db: Db, input: ConnectionInput, now: Date): Promise<void> {
  const { account, connectionId } = input;
  await inTransaction(db, async (orm) => {
    const appointment = await lockCall(db, orm, input);
    const own = participantOf(appointment, account);
    if (!isLeaving(own, connectionId) || !livingRoom(appointment.call, appointment, now)) return;
    const changes = await recordLapses(orm, appointment, now);
    const { isConnected, leftAt } = presenceAt(own, null, now);
    if (isConnected) changes.push({ type: 'call.participant-left', accountId: account.id, at: now });
    const left = { isConnected: false, hasLeft: true, leftAt: isConnected ? now : leftAt, departedAt: now };
    await repository.updatePresence(orm, appointment.id, account.id, left);
    await tell(db, orm, input, changes, now);
  });
}

/** @throws Problem not-found, forbidden-role, invalid-transition */
export async function endCall(db: Db, input: CallInput & { provider: RoomProvider }, now: Date): Promise<Appointment> {
  const { ended, room } = await inTransaction(db, async (orm) => {
    const appointment = await lockCall(db, orm, input);
    checkEnd(appointment, input.account.role, now);
    const { call } = appointment;
    const changes = await recordLapses(orm, appointment, now);
    for (const participant of call.participants) {
      const { isConnected, leftAt } = presenceAt(participant, null, now);
      const presence = { isConnected: false, leftAt: isConnected ? now : leftAt };
      await repository.updatePresence(orm, appointment.id, participant.accountId, presence);
    }
    if (call.room && !call.room.endedAt) {
      await repository.updateRoomEnded(orm, call.room.id, { endedAt: now, endReason: 'completed' });
    }
    await repository.updateCall(orm, appointment.id, { endedAt: now });
    /** @rule calls/signals-forgotten */
    await repository.updateSignalsForgotten(orm, appointment.id);
    return { ended: await tell(db, orm, input, [...changes, { type: 'call.ended', at: now }], now), room: call.room };
  });
  if (room?.providerId && !room.endedAt) input.provider.endRoom(room.providerId);
  return ended;
}

/** The last that a write does: tells what it changed. @returns the appointment as it is now */
async function tell(
  db: Db,
  orm: Orm,
  input: CallInput,
  changes: readonly CallChange[],
  now: Date,
): Promise<Appointment> {
  const appointment = await getParticipation(db, orm, input);
  await db.hotPaths.insertEvents(orm, callEvents(changes, appointment, now), now);
  return appointment;
}
