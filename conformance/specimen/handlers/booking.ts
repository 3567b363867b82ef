import { randomUUID } from 'node:crypto';
import type { CallerContext, CallerHandler, Check } from '../context.ts';
import { problemReply, Refusal, type Reply } from '../reply.ts';
import { place } from '../validation.ts';
import { appointmentReply, tellAppointment } from '../views.ts';
import type { Account, Appointment } from '../world.ts';

type Booking = { doctorId?: string; userId?: string; startsAt: string; durationMinutes: number; reason?: string };

export const checkBooking: Check<CallerContext> = ({ behaviour, body, caller }) => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return [];
  const { named, foreign } = behaviour.counterpartOf(caller.role);
  const [isNamed, isForeignNamed] = [Object.hasOwn(body, named), Object.hasOwn(body, foreign)];
  return [
    ...(isNamed ? [] : [place('body', `/${named}`, 'required', 'is missing')]),
    ...(isForeignNamed ? [place('body', `/${foreign}`, 'unknown', `is not for a ${caller.role}`)] : []),
    ...(isNamed && isForeignNamed ? [place('body', `/${named}`, 'oneOf', `excludes ${foreign}`)] : []),
  ];
};

export const createAppointment: CallerHandler = async (context) => {
  const key = context.headers['idempotency-key'];
  if (key === undefined) return book(context, (reply) => reply);
  const { behaviour, world, body, caller, now } = context;
  const scope = behaviour.idempotencyScope(caller.id, key);
  const kept = world.keptAnswers.get(scope);
  if (kept && behaviour.isKept(kept, now)) return replay(context, scope);
  const pause = behaviour.pauseAfterKeyLookup();
  if (pause) await pause;
  const keep = (reply: Reply) => {
    world.keptAnswers.set(scope, { at: now, body, reply });
    return reply;
  };
  return book(context, keep).catch((error: unknown) => keep(refusalToKeep(context, error)));
};

/** @throws the refusal itself, since only successes are kept */
function refusalToKeep({ behaviour }: CallerContext, error: unknown): Reply {
  if (error instanceof Refusal && behaviour.keepsRefusals()) return problemReply(error, 'kept');
  throw error;
}

function replay(context: CallerContext, scope: string): Reply {
  const { behaviour, world, body } = context;
  const kept = world.keptAnswers.get(scope);
  if (!kept || !behaviour.isSameBody(kept.body, body)) {
    throw new Refusal('idempotency-key-reused', 'This key came with another body; use a new key.');
  }
  const id = kept.reply.headers['location']?.split('/').at(-1) ?? '';
  const current = () => {
    const appointment = world.appointments.get(id);
    return appointment ? appointmentReply(context, 200, appointment).body : '';
  };
  const { status, headers } = kept.reply;
  return {
    status,
    headers: behaviour.replayedHeaders(headers),
    body: behaviour.replayedBody(kept.reply.body, current),
  };
}

/** @param keep called in the turn of the write, so that no repeat comes between the two */
async function book(context: CallerContext, keep: (reply: Reply) => Reply): Promise<Reply> {
  const appointment = newAppointment(context, context.body as Booking);
  const { behaviour, world } = context;
  behaviour.beforeRefusals(world, appointment);
  refuseBooking(context, appointment);
  const pause = behaviour.pauseBeforeWrite('createAppointment');
  if (pause) await pause;
  world.appointments.set(appointment.id, appointment);
  tellAppointment(context, appointment, { event: 'appointment.created' });
  const reply = appointmentReply(context, 201, appointment);
  return keep({ ...reply, headers: { ...reply.headers, location: `/v1/appointments/${appointment.id}` } });
}

function newAppointment({ behaviour, caller, now }: CallerContext, body: Booking): Appointment {
  const startsAt = behaviour.readInstant(body.startsAt);
  const counterpart = behaviour.readId(body[behaviour.counterpartOf(caller.role).named] ?? '');
  return {
    id: randomUUID(),
    doctorId: caller.role === 'doctor' ? caller.id : counterpart,
    userId: caller.role === 'user' ? caller.id : counterpart,
    bookedBy: caller.id,
    startsAt,
    endsAt: startsAt + body.durationMinutes * 60_000,
    durationMinutes: body.durationMinutes,
    reason: body.reason === undefined ? null : behaviour.keptText(body.reason),
    createdAt: now,
    cancelledAt: null,
    cancelledBy: null,
    cancelReason: null,
    call: { startedAt: null, endedAt: null, epoch: 0, rooms: [], connections: [] },
  };
}

const details = {
  'unknown-participant': 'Nobody of the other role has this id; check it.',
  'invalid-start': 'An appointment starts between now and 365 days from now; choose such a time.',
  'slot-taken': 'One of the two is busy at that time; choose another.',
};

function refuseBooking(context: CallerContext, appointment: Appointment): void {
  const { behaviour, caller, world } = context;
  const counterpart = caller.role === 'doctor' ? appointment.userId : appointment.doctorId;
  const checks = {
    'unknown-participant': () => !isKnown(context, world.accounts.get(counterpart)),
    'invalid-start': () => !behaviour.isStartAllowed(appointment.startsAt, context.now),
    'slot-taken': () => isTaken(context, appointment),
  };
  for (const code of behaviour.bookingRefusals()) if (checks[code]()) throw new Refusal(code, details[code]);
}

const isKnown = ({ behaviour, caller }: CallerContext, account: Account | undefined) =>
  behaviour.isCounterpart(account, caller);

function isTaken({ behaviour, world, now }: CallerContext, appointment: Appointment): boolean {
  return [...world.appointments.values()].some(
    (other) =>
      other.id !== appointment.id &&
      behaviour.isInTheWay(other, appointment.doctorId, appointment.userId) &&
      behaviour.takesTime(other, behaviour.statusOf(other, now)) &&
      behaviour.overlaps(other, appointment),
  );
}
