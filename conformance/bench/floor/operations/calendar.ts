import type { Reply } from '../http/reply.ts';
import { noStore } from '../http/reply.ts';
import type { Visit } from '../http/visit.ts';
import type { AppointmentRow } from './appointment-view.ts';
import { findOwn } from './appointments.ts';

const stamp = (ms: number): string => new Date(ms).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');

/** Control characters have no place in a calendar; the rest is escaped as RFC 5545 says. */
const escaped = (text: string): string =>
  text
    .replaceAll(/\r\n|\r|\n/g, '\n')
    .replaceAll(/[\\;,]/g, String.raw`\$&`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll(/[^\P{Cc}\t]/gu, '');

/** Lines of 75 octets at most; what follows begins with a space, and no character is split. */
function folded(line: string): string {
  let [out, octets] = ['', 0];
  for (const sign of line) {
    const size = Buffer.byteLength(sign);
    if (octets + size > 75) [out, octets] = [`${out}\r\n `, 1];
    out += sign;
    octets += size;
  }
  return out;
}

function calendarOf(row: AppointmentRow): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Duet//Appointments//EN',
    'BEGIN:VEVENT',
    `UID:${row.id}@duet`,
    `DTSTAMP:${stamp(row.cancelled_at ?? row.created_at)}`,
    `DTSTART:${stamp(row.starts_at)}`,
    `DTEND:${stamp(row.ends_at)}`,
    `SUMMARY:${escaped(`${row.doctor_name} and ${row.user_name}`)}`,
    `STATUS:${row.cancelled_at === null ? 'CONFIRMED' : 'CANCELLED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

export async function getAppointmentCalendar(visit: Visit): Promise<Reply> {
  const body = calendarOf(await findOwn(visit));
  return { status: 200, type: 'text/calendar; charset=utf-8', body, headers: noStore };
}
