import type { Schemas } from '../../http/contract.ts';
import { profileOf } from '../accounts/accounts.rules.ts';
import { callView } from '../calls/calls.view.ts';
import { statusAt, type Appointment } from './appointments.rules.ts';

/** An appointment as both participants see it at an instant. */
export function appointmentView(appointment: Appointment, now: Date): Schemas['Appointment'] {
  const { id, doctor, user, startsAt, endsAt, reason, createdAt, cancelledAt, cancelledBy, cancelReason } = appointment;
  return {
    id,
    doctor: profileOf(doctor),
    user: profileOf(user),
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    durationMinutes: appointment.durationMinutes as Schemas['DurationMinutes'],
    reason,
    status: statusAt(appointment, now),
    createdAt: createdAt.toISOString(),
    cancelledAt: cancelledAt?.toISOString() ?? null,
    cancelledBy,
    cancelReason,
    call: callView(appointment.call, { startsAt, endsAt }, now),
  };
}

/** The one text of an appointment at an instant, which its version is made from. */
export function appointmentText(appointment: Appointment, now: Date): string {
  return JSON.stringify(appointmentView(appointment, now));
}
