import type { NewEvent } from '../events/event.ts';
import type { Appointment } from '../appointments/appointment.ts';
import { appointmentView } from '../appointments/appointments.view.ts';

/** Both participants of an appointment. */
export function bothOf({ doctor, user }: Appointment): readonly string[] {
  return [doctor.id, user.id];
}

/** The participant who is not this one. */
export function otherOf({ doctor, user }: Appointment, accountId: string): string {
  return accountId === doctor.id ? user.id : doctor.id;
}

/**
 * An event that carries the appointment as it is after the change, for both.
 *
 * @rule events/audience
 */
export function appointmentEvent(
  type: 'appointment.created' | 'appointment.cancelled' | 'appointment.updated' | 'call.started' | 'call.ended',
  appointment: Appointment,
  now: Date,
): NewEvent {
  return { type, to: bothOf(appointment), at: now, data: { appointment: appointmentView(appointment, now) } };
}

/** A participant is connected, or no longer, since `at`. */
export function participantEvent(
  type: 'call.participant-joined' | 'call.participant-left',
  { accountId, at }: { accountId: string; at: Date },
  appointment: Appointment,
  now: Date,
): NewEvent {
  return { type, to: bothOf(appointment), at, data: { accountId, appointment: appointmentView(appointment, now) } };
}

/** The owner of a place is told that a newer join has taken it. */
export function supersededEvent(
  appointment: Appointment,
  { accountId, connectionId }: { accountId: string; connectionId: string },
  now: Date,
): NewEvent {
  return { type: 'call.superseded', to: [accountId], at: now, data: { appointmentId: appointment.id, connectionId } };
}
