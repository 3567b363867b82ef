import { ICalCalendar, ICalEventStatus } from 'ical-generator';
import { statusAt, type Appointment } from './appointments.rules.ts';

/**
 * The appointment as an RFC 5545 object: lines of at most 75 octets, text escaped, times in UTC.
 * @rule appointments/calendar
 */
export function calendarOf(appointment: Appointment, now: Date): string {
  const { id, doctor, user, startsAt, endsAt, reason, createdAt, cancelledAt } = appointment;
  const calendar = new ICalCalendar({ prodId: { company: 'duet', product: 'appointments', language: 'EN' } });
  calendar.createEvent({
    id: `${id}@duet`,
    stamp: cancelledAt ?? createdAt,
    created: createdAt,
    lastModified: cancelledAt ?? createdAt,
    start: startsAt,
    end: endsAt,
    summary: `Video call: ${visible(doctor.displayName)} and ${visible(user.displayName)}`,
    ...(reason && { description: visible(reason) }),
    sequence: cancelledAt ? 1 : 0,
    status: statusAt(appointment, now) === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return `${calendar.toString()}\r\n`;
}

// RFC 5545 knows no control characters but tab and line breaks; the latter are escaped.
function visible(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}
