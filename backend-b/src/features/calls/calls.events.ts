import { bothOf, toldToBoth } from '../appointments/appointments.events.ts';
import type { Appointment } from '../appointments/appointments.rules.ts';
import { appointmentView } from '../appointments/appointments.view.ts';
import { newEvent, type NewEvent } from '../events/events.rules.ts';

/** What a write did to a call, in the order in which it is told. */
export type CallChange =
  | { type: 'call.started' | 'appointment.updated' | 'call.ended'; at: Date }
  | {
      type: 'call.participant-joined' | 'call.participant-left';
      accountId: string;
      at: Date;
      appointment?: Appointment;
    }
  | { type: 'call.superseded'; accountId: string; connectionId: string };

/** The events of a write, with the appointment as it is after all of it, save where a change names its own. */
export function callEvents(changes: readonly CallChange[], appointment: Appointment, now: Date): NewEvent[] {
  return changes.map((change) => {
    switch (change.type) {
      case 'call.participant-joined':
      case 'call.participant-left':
        return newEvent(change.type, bothOf(appointment), {
          at: change.at.toISOString(),
          accountId: change.accountId,
          appointment: appointmentView(change.appointment ?? appointment, now),
        });
      case 'call.superseded':
        return newEvent(change.type, [change.accountId], {
          at: now.toISOString(),
          appointmentId: appointment.id,
          connectionId: change.connectionId,
        });
      default:
        return toldToBoth(change.type, appointment, now, change.at);
    }
  });
}
