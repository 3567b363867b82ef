import { describe, expect, it } from 'vitest';
import { appointmentWith, doctorId, participant, userId } from './appointment.fixture.ts';
import { closesAt, endWarning, formatElapsed, summaryOf, waitingSince } from './call-times.ts';

const at = (time: string) => Date.parse(`2026-03-02T${time}.000Z`);
const instant = (time: string) => `2026-03-02T${time}.000Z`;

describe('the window of a call', () => {
  it('closes 15 minutes after the end', () => {
    expect(closesAt(appointmentWith())).toBe(at('10:15:00'));
  });
});

describe('the wait', () => {
  it('begins with the own join', () => {
    const call = { participants: [participant(userId, instant('09:26:40'))] };
    expect(waitingSince(appointmentWith({ call }), userId)).toBe(at('09:26:40'));
  });

  it('begins anew when the other leaves', () => {
    const call = {
      participants: [
        participant(doctorId, instant('09:29:00'), instant('09:42:31')),
        participant(userId, instant('09:26:40')),
      ],
    };
    expect(waitingSince(appointmentWith({ call }), userId)).toBe(at('09:42:31'));
  });

  it('has not begun before one joined', () => {
    expect(waitingSince(appointmentWith(), userId)).toBeNull();
  });
});

describe('the warning of the end', () => {
  it('comes five minutes before it, and says afterwards until when the call is open', () => {
    expect(endWarning(appointmentWith(), at('09:54:59'))).toBeNull();
    expect(endWarning(appointmentWith(), at('09:55:00'))).toEqual({ kind: 'minutes-left', minutes: 5 });
    expect(endWarning(appointmentWith(), at('09:59:30'))).toEqual({ kind: 'minutes-left', minutes: 1 });
    expect(endWarning(appointmentWith(), at('10:00:00'))).toEqual({ kind: 'over', closesAt: at('10:15:00') });
  });
});

describe('elapsed time', () => {
  it('is written as people write it', () => {
    expect([0, 59_999, 61_000, 3_600_000 + 62_000, -5].map(formatElapsed)).toEqual([
      '0:00',
      '0:59',
      '1:01',
      '1:01:02',
      '0:00',
    ]);
  });
});

describe('the summary', () => {
  it('tells how long it took and that the doctor ended it', () => {
    const call = { startedAt: instant('09:26:40'), endedAt: instant('09:54:10') };
    expect(summaryOf(appointmentWith({ status: 'completed', call }), userId)).toEqual({
      durationMilliseconds: 1_650_000,
      startedAt: at('09:26:40'),
      endedAt: at('09:54:10'),
      endedBy: 'doctor',
    });
  });

  it('tells that time ended it', () => {
    const call = { startedAt: instant('09:26:40'), endedAt: instant('10:15:00') };
    expect(summaryOf(appointmentWith({ status: 'completed', call }), userId).endedBy).toBe('time');
  });

  it('counts to the own leave while the call is open', () => {
    const call = {
      startedAt: instant('09:26:40'),
      participants: [participant(userId, instant('09:26:40'), instant('09:36:40'))],
    };
    expect(summaryOf(appointmentWith({ status: 'in_progress', call }), userId)).toMatchObject({
      durationMilliseconds: 600_000,
      endedBy: 'nobody',
    });
  });
});
