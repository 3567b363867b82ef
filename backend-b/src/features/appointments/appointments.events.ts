import { newEvent, type NewEvent } from '../events/events.rules.ts';
import type { Appointment } from './appointments.rules.ts';
import { appointmentView } from './appointments.view.ts';

type AppointmentChange =
  'appointment.created' | 'appointment.cancelled' | 'appointment.updated' | 'call.started' | 'call.ended';

/** The news of a change to an appointment: what getAppointment gives after it, for both. */
export function toldToBoth(type: AppointmentChange, appointment: Appointment, now: Date, at = now): NewEvent {
  return newEvent(type, bothOf(appointment), { at: at.toISOString(), appointment: appointmentView(appointment, now) });
}

export function bothOf({ doctor, user }: Appointment): string[] {
  return [doctor.id, user.id];
}
