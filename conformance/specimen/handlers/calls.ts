import { randomUUID } from 'node:crypto';
import { callStateOf } from '../call-state.ts';
import type { CallerContext, CallerHandler } from '../context.ts';
import type { JoinRefusal, PresenceRefusal } from '../decisions/calls.ts';
import { json, noContent, Refusal } from '../reply.ts';
import { appointmentReply, ownAppointment, tellAppointment, tellPeople } from '../views.ts';
import type { Appointment, Connection } from '../world.ts';

const joinDetails: Record<JoinRefusal, string> = {
  'too-early': 'The call is not open yet; come back at opensAt.',
  'call-over': 'The call is over; book another appointment.',
  'appointment-cancelled': 'The appointment was cancelled; book another one.',
};

export const joinCall: CallerHandler = async (context) => {
  const { behaviour, caller, now } = context;
  const appointment = ownAppointment(context, 'joinCall');
  refuseJoin(context, appointment);
  const living = behaviour.isRoomReused() ? callStateOf(behaviour, appointment, now).livingRoom : null;
  const room = living ?? newRoom(context, appointment);
  const pause = behaviour.pauseBeforeWrite('joinCall');
  if (pause) await pause;
  const connection = newConnection(context, room);
  enter(context, appointment, connection);
  return json(
    200,
    behaviour.shownGrant({
      provider: 'peer',
      roomName: room,
      connectionId: connection.id,
      epoch: appointment.call.epoch,
      offerer: behaviour.isOfferer(caller.role),
      iceServers: [],
      iceTransportPolicy: 'all',
      expiresAt: behaviour.writeInstant(behaviour.grantExpiry(appointment)),
    }),
  );
};

/** Connects, and tells what of it is news. */
function enter(context: CallerContext, appointment: Appointment, connection: Connection): void {
  const { behaviour, caller, now } = context;
  const { call } = appointment;
  tellLapses(context, appointment);
  const before = callStateOf(behaviour, appointment, now);
  const older = before.newest.get(caller.id);
  const isTakeover = older !== undefined && before.isConnected(older);
  const isFirst = call.startedAt === null;
  const isNewRoom = call.rooms.at(-1) !== connection.roomName;
  if (isNewRoom) call.rooms.push(connection.roomName);
  call.connections.push(connection);
  call.startedAt = behaviour.startOf(call.startedAt, now);
  call.epoch = behaviour.nextEpoch(call.epoch, caller.role);
  if (isFirst) tellAppointment(context, appointment, { event: 'call.started' });
  else if (isNewRoom) tellAppointment(context, appointment, { event: 'appointment.updated' });
  if (isTakeover) {
    const data = { appointmentId: appointment.id, connectionId: older.id };
    tellPeople(context, appointment, { event: 'call.superseded', data });
  } else {
    tellAppointment(context, appointment, { event: 'call.participant-joined', data: { accountId: caller.id } });
  }
}

/** Tells the lapses that nobody has told yet, each with the instant of its last heartbeat. */
function tellLapses(context: CallerContext, appointment: Appointment): void {
  const state = callStateOf(context.behaviour, appointment, context.now);
  for (const connection of state.newest.values()) {
    const isLapsed = connection.leftAt === null && !state.isConnected(connection) && state.end === null;
    if (!isLapsed || connection.toldLapse === connection.lastHeartbeat) continue;
    connection.toldLapse = connection.lastHeartbeat;
    tellAppointment(context, appointment, {
      event: 'call.participant-left',
      data: { accountId: connection.accountId },
      at: connection.lastHeartbeat,
    });
  }
}

function refuseJoin({ behaviour, now }: CallerContext, appointment: Appointment): void {
  const opensAt = behaviour.opensAt(appointment);
  const code = behaviour.joinRefusal(behaviour.statusOf(appointment, now), now, opensAt);
  if (!code) return;
  const members = code === 'too-early' ? { opensAt: behaviour.writeInstant(opensAt) } : {};
  throw new Refusal(code, joinDetails[code], { members });
}

const newRoom = ({ behaviour }: CallerContext, appointment: Appointment) =>
  behaviour.newRoomName(appointment, appointment.call.rooms.length);

const newConnection = ({ caller, now }: CallerContext, roomName: string): Connection => ({
  id: randomUUID(),
  accountId: caller.id,
  roomName,
  joinedAt: now,
  lastHeartbeat: now,
  leftAt: null,
  toldLapse: null,
});

export const presenceDetails: Record<PresenceRefusal, string> = {
  'call-over': 'The call is over; there is nothing to stay in.',
  'not-joined': 'You are not in this call with this connection; join it first.',
  superseded: 'A newer join of yours has taken this place; join again to take it back.',
};

export const keepPresence: CallerHandler = (context) => {
  const { behaviour, now } = context;
  const appointment = ownAppointment(context, 'keepPresence');
  const connection = namedConnection(context, appointment);
  const state = callStateOf(behaviour, appointment, now);
  const refusal = behaviour.presenceRefusal({
    status: behaviour.statusOf(appointment, now),
    isOwn: connection !== undefined,
    isOfLivingRoom: connection?.roomName === state.livingRoom,
    isNewest: connection !== undefined && state.newest.get(connection.accountId) === connection,
    hasLeft: connection !== undefined && connection.leftAt !== null,
  });
  if (refusal || !connection) throw new Refusal(refusal ?? 'not-joined', presenceDetails[refusal ?? 'not-joined']);
  const wasConnected = state.isConnected(connection);
  tellLapses(context, appointment);
  Object.assign(connection, behaviour.heartbeat(now, connection));
  if (!wasConnected) {
    const data = { accountId: connection.accountId };
    tellAppointment(context, appointment, { event: 'call.participant-joined', data });
  }
  return noContent();
};

export const leaveCall: CallerHandler = (context) => {
  const { behaviour, now } = context;
  const appointment = ownAppointment(context, 'leaveCall');
  const named = namedConnection(context, appointment);
  if (!named) return noContent();
  const state = callStateOf(behaviour, appointment, now);
  const newest = state.newest.get(named.accountId);
  const connection = behaviour.leavingConnection(named, newest);
  const mayLeave = behaviour.mayLeave(newest === connection, connection.leftAt !== null);
  if (state.end === null && mayLeave) leave(context, appointment, connection, state.isConnected(connection));
  return noContent();
};

function leave(context: CallerContext, appointment: Appointment, connection: Connection, isConnected: boolean): void {
  tellLapses(context, appointment);
  connection.leftAt = isConnected ? context.now : connection.lastHeartbeat;
  if (!isConnected) return;
  tellAppointment(context, appointment, { event: 'call.participant-left', data: { accountId: connection.accountId } });
}

/** The caller's own connection that the body names. */
export function namedConnection(
  { behaviour, body, caller }: CallerContext,
  { call }: Appointment,
): Connection | undefined {
  const id = behaviour.readId((body as { connectionId: string }).connectionId);
  return call.connections.find((one) => one.id === id && behaviour.mayNameConnection(one, caller.id));
}

export const endCall: CallerHandler = (context) => {
  const { behaviour, caller, now } = context;
  const appointment = ownAppointment(context, 'endCall');
  if (!behaviour.mayEnd(caller, behaviour.statusOf(appointment, now)))
    throw new Refusal('forbidden-role', 'The doctor alone ends the call; leave it instead.');
  if (!behaviour.isEndPossible(behaviour.statusOf(appointment, now))) {
    throw new Refusal('invalid-transition', 'Only a call in progress can be ended.');
  }
  tellLapses(context, appointment);
  appointment.call.endedAt = now;
  tellAppointment(context, appointment, { event: 'call.ended' });
  return appointmentReply(context, 200, appointment);
};
