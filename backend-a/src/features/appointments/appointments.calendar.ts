import ical, { ICalEventStatus } from 'ical-generator';
import type { Appointment } from './appointment.ts';

/**
 * The appointment as an iCalendar object (RFC 5545): the same for both participants, and the same event after a cancel.
 *
 * @rule appointments/calendar
 */
export function calendarOf(appointment: Appointment): string {
  const { id, doctor, user, startsAt, endsAt, createdAt, cancelledAt } = appointment;
  const calendar = ical({ prodId: { company: 'Duet', product: 'Appointments', language: 'EN' } });
  calendar.createEvent({
    id: `${id}@duet`,
    sequence: cancelledAt ? 1 : 0,
    stamp: cancelledAt ?? createdAt,
    created: createdAt,
    start: startsAt,
    end: endsAt,
    summary: printable(`${doctor.displayName} and ${user.displayName}`),
    status: cancelledAt ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return calendar.toString().replace(/(?:\r\n)*$/, '\r\n');
}

/** RFC 5545 has no place for control characters in text, save the tab and the escaped line break. */
function printable(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[\0-\x08\x0b-\x1f\x7f]/g, '');
}
