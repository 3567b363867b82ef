import { isConnected, otherPerson, type Appointment } from '../appointments/appointment.ts';

/** Somebody who is in the room of a call that this account has not joined. */
export type WaitingPerson = { appointmentId: string; name: string; startsAt: string };

export type WaitingPeople = readonly WaitingPerson[];

type CallEvent =
  | {
      event: 'call.started' | 'appointment.updated' | 'call.ended' | 'appointment.cancelled';
      data: { appointment: Appointment };
    }
  | {
      event: 'call.participant-joined' | 'call.participant-left';
      data: { accountId: string; appointment: Appointment };
    };

/** Who waits after an event; the order of arrival stays. */
export function afterCallEvent(people: WaitingPeople, event: CallEvent, accountId: string): WaitingPeople {
  const { appointment } = event.data;
  const person = waitingIn(appointment, accountId, event.event === 'call.started');
  const isKnown = people.some((known) => known.appointmentId === appointment.id);
  if (person && isKnown) return people;
  const others = people.filter((known) => known.appointmentId !== appointment.id);
  return person ? [...others, person] : others;
}

/** With twilio the first join is told by call.started, before the provider says that the person is connected. */
function waitingIn(appointment: Appointment, accountId: string, isFirstJoin: boolean): WaitingPerson | null {
  if (appointment.status !== 'in_progress' || isConnected(appointment, accountId)) return null;
  const other = otherPerson(appointment, accountId);
  const joined = appointment.call.participants.some((participant) => participant.accountId === other.id);
  const isThere = isFirstJoin ? joined : isConnected(appointment, other.id);
  if (!isThere) return null;
  return {
    appointmentId: appointment.id,
    name: other.displayName,
    startsAt: appointment.startsAt,
  };
}

export const waitingAmong = (appointments: readonly Appointment[], accountId: string): WaitingPeople =>
  appointments.flatMap((appointment) => waitingIn(appointment, accountId, false) ?? []);
