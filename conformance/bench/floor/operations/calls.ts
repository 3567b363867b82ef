import { randomUUID } from 'node:crypto';
import type { components } from '@duet/contract/types';
import { json, noContent, noStore, type Reply } from '../http/reply.ts';
import type { Visit } from '../http/visit.ts';
import { writeInstant } from '../instants.ts';
import { Problem } from '../problem.ts';
import { serialise } from '../serialisers.ts';
import { forgetSignals } from '../statements/appointments.ts';
import { represent, statusOf } from './appointment-view.ts';
import { afterEndMs, callStateOf, type Connection } from './call-state.ts';
import { type CallWork, named, refusal, requireConnection, tellLapses, withCall } from './call-transaction.ts';

const opensBeforeMs = 10 * 60_000;

type Reference = components['schemas']['ConnectionReference'];

export const joinCall = (visit: Visit): Promise<Reply> =>
  withCall(visit, async (work) => {
    refuseJoin(work);
    const { row, callerId, now } = work;
    await tellLapses(work);
    const room = callStateOf(row, now).livingRoom ?? `${row.id}-${row.call.rooms.length + 1}`;
    const connection = newConnection(work, room);
    await enter(work, connection);
    await work.save();
    const isDoctor = callerId === row.doctor_id;
    const grant = serialise.grant({
      provider: 'peer',
      roomName: room,
      connectionId: connection.id,
      epoch: row.call.epoch,
      offerer: isDoctor,
      iceServers: [],
      iceTransportPolicy: 'all',
      expiresAt: writeInstant(row.ends_at + afterEndMs),
    });
    return json(200, grant);
  });

function refuseJoin({ row, now }: CallWork): void {
  const status = statusOf(row, now);
  const opensAt = row.starts_at - opensBeforeMs;
  if (now < opensAt) {
    throw new Problem('too-early', 'The call is not open yet. Join from opensAt on.', {
      opensAt: writeInstant(opensAt),
    });
  }
  if (status === 'completed' || status === 'missed') throw refusal('call-over');
  if (status === 'cancelled')
    throw new Problem('appointment-cancelled', 'The appointment is cancelled. Book another one.');
}

const newConnection = ({ callerId, now }: CallWork, room: string): Connection => ({
  id: randomUUID(),
  accountId: callerId,
  room,
  joinedAt: now,
  lastHeartbeat: now,
  leftAt: null,
  toldLapse: null,
});

/** Connects, and tells what of it is news. */
async function enter(work: CallWork, connection: Connection): Promise<void> {
  const { row, callerId, now, tellBoth, tellOne } = work;
  const before = callStateOf(row, now);
  const older = before.newest.get(callerId);
  const isTakeover = older !== undefined && before.isConnected(older);
  const isFirst = row.started_at === null;
  const isNewRoom = row.call.rooms.at(-1) !== connection.room;
  if (isNewRoom) row.call.rooms.push(connection.room);
  row.call.connections.push(connection);
  row.started_at ??= now;
  if (callerId === row.doctor_id) row.call.epoch += 1;
  if (isFirst) await tellBoth('call.started');
  else if (isNewRoom) await tellBoth('appointment.updated');
  if (isTakeover) await tellOne(callerId, 'call.superseded', { appointmentId: row.id, connectionId: older.id });
  else await tellBoth('call.participant-joined', { accountId: callerId });
}

export const keepPresence = (visit: Visit): Promise<Reply> =>
  withCall(visit, async (work) => {
    const connection = requireConnection(work, (visit.body as Reference).connectionId);
    const wasConnected = callStateOf(work.row, work.now).isConnected(connection);
    await tellLapses(work);
    connection.lastHeartbeat = Math.max(connection.lastHeartbeat, work.now);
    if (!wasConnected) await work.tellBoth('call.participant-joined', { accountId: work.callerId });
    await work.save();
    return noContent();
  });

export const leaveCall = (visit: Visit): Promise<Reply> =>
  withCall(visit, async (work) => {
    const connection = named(work, (visit.body as Reference).connectionId);
    const state = callStateOf(work.row, work.now);
    const isNewest = connection !== undefined && state.newest.get(work.callerId) === connection;
    if (!isNewest || state.end !== null || connection.leftAt !== null) return noContent();
    const isConnected = state.isConnected(connection);
    await tellLapses(work);
    connection.leftAt = isConnected ? work.now : connection.lastHeartbeat;
    if (isConnected) await work.tellBoth('call.participant-left', { accountId: work.callerId });
    await work.save();
    return noContent();
  });

export async function endCall(visit: Visit): Promise<Reply> {
  const { body, etag } = await withCall(visit, async (work) => {
    const { row, now, callerId, query } = work;
    if (callerId !== row.doctor_id)
      throw new Problem('forbidden-role', 'The doctor alone ends the call. Leave it instead.');
    if (statusOf(row, now) !== 'in_progress') {
      throw new Problem('invalid-transition', 'Only a call in progress can be ended.');
    }
    await tellLapses(work);
    row.ended_at = now;
    await work.tellBoth('call.ended');
    await work.save();
    await query(forgetSignals, [row.id]);
    return represent(row, now);
  });
  return json(200, body, [...noStore, 'ETag', etag]);
}
