import { callStateOf } from './call-state.ts';
import type { Context } from './context.ts';
import { tell } from './events.ts';
import type { Account, Appointment } from './world.ts';
import { json, Refusal, type Reply } from './reply.ts';

export function accountOf({ world }: Context, id: string): Account {
  const account = world.accounts.get(id);
  if (!account) throw new Error(`no account ${id}`);
  return account;
}

/** An account as its owner sees it. */
export const shownAccount = ({ behaviour }: Context, account: Account): Record<string, unknown> =>
  behaviour.shownAccount(account, behaviour.writeInstant(account.createdAt));

const instantOrNull = ({ behaviour }: Context, instant: number | null) =>
  instant === null ? null : behaviour.writeInstant(instant);

/** An appointment as getAppointment shows it. */
export function shownAppointment(context: Context, appointment: Appointment): Record<string, unknown> {
  const { behaviour } = context;
  return behaviour.shownAppointment({
    id: appointment.id,
    doctor: behaviour.shownProfile(accountOf(context, appointment.doctorId)),
    user: behaviour.shownProfile(accountOf(context, appointment.userId)),
    startsAt: behaviour.writeInstant(appointment.startsAt),
    endsAt: behaviour.writeInstant(appointment.endsAt),
    durationMinutes: appointment.durationMinutes,
    reason: appointment.reason,
    status: behaviour.statusOf(appointment, context.now),
    createdAt: behaviour.writeInstant(appointment.createdAt),
    cancelledAt: instantOrNull(context, appointment.cancelledAt),
    cancelledBy: appointment.cancelledBy,
    cancelReason: appointment.cancelReason,
    call: shownCall(context, appointment),
  });
}

function shownCall(context: Context, appointment: Appointment): Record<string, unknown> {
  const { behaviour, now } = context;
  const state = callStateOf(behaviour, appointment, now);
  const connections = behaviour
    .participantOrder([appointment.doctorId, appointment.userId], [...state.newest.keys()])
    .flatMap((id) => state.newest.get(id) ?? []);
  const ofAccount = (id: string) => appointment.call.connections.filter(({ accountId }) => accountId === id);
  const connected = connections.filter((connection) => state.isConnected(connection)).length;
  return {
    state: state.end !== null ? 'ended' : state.livingRoom === null ? 'none' : connected === 2 ? 'active' : 'waiting',
    roomName: state.livingRoom,
    participants: connections.map((connection) => ({
      accountId: connection.accountId,
      connected: state.isConnected(connection),
      joinedAt: behaviour.writeInstant(behaviour.shownJoin(ofAccount(connection.accountId)).joinedAt),
      leftAt: instantOrNull(context, state.leftAt(connection)),
    })),
    startedAt: instantOrNull(context, appointment.call.startedAt),
    endedAt: instantOrNull(context, state.end),
  };
}

/** The answer that carries an appointment, with its ETag. */
export function appointmentReply(context: Context, status: number, appointment: Appointment): Reply {
  const reply = json(status, shownAppointment(context, appointment));
  return { ...reply, headers: { ...reply.headers, etag: context.behaviour.etagOf(reply.body, appointment) } };
}

type Told = { event: string; data: Record<string, unknown>; at?: number };

/** Tells an event of an appointment to those of its people whom it concerns; the caller is its actor. */
export function tellPeople(context: Context & { caller: Account }, appointment: Appointment, told: Told): void {
  const { doctorId, userId, id } = appointment;
  const people = { doctorId, userId, actorId: context.caller.id };
  for (const accountId of context.behaviour.audienceOf(told.event, people))
    tell(context, accountId, { ...told, appointmentId: id });
}

/** Tells an event that carries the appointment as it is now. */
export function tellAppointment(
  context: Context & { caller: Account },
  appointment: Appointment,
  { data, ...told }: Omit<Told, 'data'> & { data?: Record<string, unknown> },
): void {
  tellPeople(context, appointment, { ...told, data: { ...data, appointment: shownAppointment(context, appointment) } });
}

/**
 * The appointment that the path names.
 * @throws Refusal not-found to anyone but its participants
 */
export function ownAppointment(context: Context & { caller: Account }, operationId: string): Appointment {
  const { world, behaviour, caller, path } = context;
  const appointment = world.appointments.get(behaviour.readId(path['appointmentId'] ?? ''));
  if (!appointment || !behaviour.isParticipant(appointment, caller.id, operationId)) {
    throw new Refusal('not-found', behaviour.notFound(appointment !== undefined));
  }
  return appointment;
}
