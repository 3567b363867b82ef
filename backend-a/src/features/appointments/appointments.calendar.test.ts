import { describe, expect, test } from 'vitest';
import { at, sampleAppointment as sample } from './appointment.sample.ts';
import { calendarOf } from './appointments.calendar.ts';

const linesOf = (text: string) => text.split('\r\n');
const unfold = (text: string) => text.replaceAll(/\r\n[ \t]/g, '');

describe('calendarOf', () => {
  test('has one event with what RFC 5545 wants', () => {
    const lines = linesOf(calendarOf(sample));
    expect(lines.slice(0, 3)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Duet//Appointments//EN']);
    expect(lines.slice(-3)).toEqual(['END:VEVENT', 'END:VCALENDAR', '']);
    expect(lines).toContain(`UID:${sample.id}@duet`);
    expect(lines).toContain('DTSTAMP:20270228T090000Z');
    expect(lines).toContain('DTSTART:20270301T100000Z');
    expect(lines).toContain('DTEND:20270301T103000Z');
    expect(lines).toContain('STATUS:CONFIRMED');
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
  });

  test('stays the same event when it is cancelled', () => {
    const lines = linesOf(calendarOf({ ...sample, cancelledAt: at('08:00:00.000') }));
    expect(lines).toContain(`UID:${sample.id}@duet`);
    expect(lines).toContain('STATUS:CANCELLED');
  });

  test('folds at 75 octets and never within a character', () => {
    const displayName = '👩🏽‍⚕️ü'.repeat(14);
    const text = calendarOf({ ...sample, doctor: { ...sample.doctor, displayName } });
    for (const line of linesOf(text)) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(line.isWellFormed()).toBe(true);
    }
    expect(unfold(text)).toContain(`SUMMARY:${displayName} and Ada`);
  });

  test('escapes text and leaves no control character', () => {
    const displayName = 'a,b;c\\d\r\ne\u0001\u0085f';
    const text = calendarOf({ ...sample, doctor: { ...sample.doctor, displayName } });
    expect(unfold(text)).toMatch(/SUMMARY:a\\,b\\;c\\\\d\\ne.?f and Ada\r\n/);
    expect(linesOf(text)).not.toContain('e');
  });
});
