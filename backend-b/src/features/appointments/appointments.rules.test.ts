import { describe, expect, it } from 'vitest';
import { noCall } from '../calls/calls.state.ts';
import { checkCancel, checkStart, counterpartErrors, statusAt, type Appointment } from './appointments.rules.ts';
import { appointmentText } from './appointments.view.ts';
import { calendarOf } from './calendar.ts';
import { jsonHash } from './request-hash.ts';

const MINUTE_MS = 60_000;
const now = new Date('2026-03-02T09:30:00.000Z');
const after = (minutes: number): Date => new Date(now.getTime() + minutes * MINUTE_MS);
const profile = { id: '0197f3c2-0a11-7d02-8c4e-2b7f5a9e1c01', displayName: 'Ana', specialty: null };
const scheduled: Appointment = {
  id: '0197f3c2-5b1e-7c41-9a50-3f6c2f1b8d01',
  doctor: { ...profile, role: 'doctor' },
  user: { ...profile, role: 'user' },
  startsAt: after(0),
  endsAt: after(30),
  durationMinutes: 30,
  reason: null,
  createdAt: after(-600),
  cancelledAt: null,
  cancelledBy: null,
  cancelReason: null,
  call: noCall,
};
const joined = { ...scheduled, call: { ...noCall, startedAt: after(5) } };

describe('the status of an appointment', () => {
  it('is missed at exactly endsAt when nobody joined', () => {
    expect(statusAt(scheduled, new Date(after(30).getTime() - 1))).toBe('scheduled');
    expect(statusAt(scheduled, after(30))).toBe('missed');
  });

  it('is in progress from the first join to 15 minutes after endsAt', () => {
    expect(statusAt(joined, new Date(after(45).getTime() - 1))).toBe('in_progress');
    expect(statusAt(joined, after(45))).toBe('completed');
  });

  it('is completed once the call was ended, and cancelled above all', () => {
    expect(statusAt({ ...joined, call: { ...joined.call, endedAt: after(6) } }, after(6))).toBe('completed');
    expect(statusAt({ ...scheduled, cancelledAt: after(1) }, after(60))).toBe('cancelled');
  });

  it('lets only a scheduled one be cancelled', () => {
    expect(() => checkCancel(scheduled, after(29))).not.toThrow();
    expect(() => checkCancel(scheduled, after(30))).toThrow(expect.objectContaining({ code: 'invalid-transition' }));
    expect(() => checkCancel(joined, after(6))).toThrow(expect.objectContaining({ code: 'invalid-transition' }));
  });
});

describe('a new appointment', () => {
  it('starts from now to 365 days on, both included', () => {
    const year = 365 * 24 * 60;
    expect(() => checkStart(now, now)).not.toThrow();
    expect(() => checkStart(after(year), now)).not.toThrow();
    expect(() => checkStart(new Date(after(year).getTime() + 1), now)).toThrow();
    expect(() => checkStart(new Date(now.getTime() - 1), now)).toThrow(
      expect.objectContaining({ code: 'invalid-start' }),
    );
  });

  it('names the other one of the two', () => {
    const places = (role: 'doctor' | 'user', body: object): string[] =>
      counterpartErrors(role, body).map(({ pointer, rule }) => `${pointer} ${rule}`);
    expect(places('user', { doctorId: 'x' })).toEqual([]);
    expect(places('doctor', { userId: 'x' })).toEqual([]);
    expect(places('user', { userId: 'x' })).toEqual(['/userId unknown', '/doctorId required']);
    expect(places('user', { userId: 'x', doctorId: 'x' })).toEqual(['/userId unknown', '/doctorId unknown']);
    expect(places('doctor', {})).toEqual(['/userId required']);
  });

  it('is the same request when its JSON values are equal', () => {
    expect(jsonHash({ a: 1, b: [{ c: 'x' }] })).toEqual(jsonHash(JSON.parse('{"b":[{"c":"x"}],"a":1.0}')));
    expect(jsonHash({ a: 1 })).not.toEqual(jsonHash({ a: '1' }));
  });

  it('is written with every property in the order of the contract', () => {
    expect(Object.keys(JSON.parse(appointmentText(scheduled, now)))).toHaveLength(13);
  });
});

describe('the calendar object', () => {
  const odd = { ...scheduled, reason: `a;b,c\\d\r\ne ${'👋🏽 größer '.repeat(30)}\u0007` };
  const text = calendarOf(odd, now);

  it('has lines of at most 75 octets that end with CRLF', () => {
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text).not.toMatch(/(?<!\r)\n|\r(?!\n)/);
  });

  it('folds between characters and escapes text', () => {
    const unfolded = text.replaceAll('\r\n ', '');
    expect(unfolded).toContain(String.raw`DESCRIPTION:a\;b\,c\\d\ne 👋🏽 größer 👋🏽`);
    expect(unfolded).not.toContain('\u0007');
    expect(Buffer.from(text).toString()).not.toContain('\ufffd');
  });

  it('has UTC times and says when it is cancelled', () => {
    expect(text).toContain('DTSTART:20260302T093000Z\r\nDTEND:20260302T100000Z\r\n');
    const cancelled = calendarOf({ ...scheduled, cancelledAt: now }, now);
    expect([text.includes('STATUS:CONFIRMED'), cancelled.includes('STATUS:CANCELLED')]).toEqual([true, true]);
  });
});
