import { onEvent } from '../../api/events.ts';
import type { Appointment } from './appointment.ts';

const carriers = [
  'appointment.created',
  'appointment.cancelled',
  'appointment.updated',
  'call.started',
  'call.participant-joined',
  'call.participant-left',
  'call.ended',
] as const;

/** Each change of an appointment, with the appointment as it is after it. */
export function onAppointmentChanged(handler: (appointment: Appointment) => void): void {
  onEvent([...carriers], (event) => handler(event.data.appointment));
}
