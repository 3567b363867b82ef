import type { Context } from './context.ts';
import { accountOf } from './views.ts';
import type { Appointment } from './world.ts';

/** The appointment as an RFC 5545 object. */
export function calendarOf(context: Context, appointment: Appointment): string {
  const { behaviour } = context;
  const isCancelled = appointment.cancelledAt !== null;
  const names = [appointment.doctorId, appointment.userId].map((id) => accountOf(context, id).displayName);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Duet//Specimen//EN',
    'BEGIN:VEVENT',
    `UID:${behaviour.calendarUid(appointment, isCancelled)}`,
    `DTSTAMP:${behaviour.calendarInstant(appointment.cancelledAt ?? appointment.createdAt)}`,
    `DTSTART:${behaviour.calendarInstant(appointment.startsAt)}`,
    `DTEND:${behaviour.calendarInstant(appointment.endsAt)}`,
    `SUMMARY:${behaviour.calendarText(names.join(' and '))}`,
    ...(appointment.reason ? [`DESCRIPTION:${behaviour.calendarText(appointment.reason)}`] : []),
    `STATUS:${behaviour.calendarStatus(isCancelled)}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  const end = behaviour.calendarLineEnd();
  return lines.map((line) => behaviour.foldedLine(line) + end).join('');
}
