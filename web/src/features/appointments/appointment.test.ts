import { expect, test } from 'vitest';
import { canCancel, canJoin, compareAppointments, isUpcoming, opensAt, otherPerson, statusAt } from './appointment.ts';
import { anAppointment } from './appointment.sample.ts';

const at = (text: string) => Date.parse(`2026-11-27T${text}Z`);
const scheduled = anAppointment();
const running = anAppointment({ status: 'in_progress' });

test('the call opens ten minutes before the start, to the millisecond', () => {
  expect(opensAt(scheduled)).toBe(at('09:50:00.000'));
  expect(canJoin(scheduled, at('09:49:59.999'))).toBe(false);
  expect(canJoin(scheduled, at('09:50:00.000'))).toBe(true);
});

test('never joined is missed at its end, and no longer to be joined or cancelled', () => {
  expect(statusAt(scheduled, at('10:29:59.999'))).toBe('scheduled');
  expect(statusAt(scheduled, at('10:30:00.000'))).toBe('missed');
  expect(canJoin(scheduled, at('10:30:00.000'))).toBe(false);
  expect(canCancel(scheduled, at('10:29:59.999'))).toBe(true);
  expect(canCancel(scheduled, at('10:30:00.000'))).toBe(false);
});

test('one that has begun can be joined until fifteen minutes after its end', () => {
  expect(canJoin(running, at('10:44:59.999'))).toBe(true);
  expect(statusAt(running, at('10:45:00.000'))).toBe('completed');
  expect(canJoin(running, at('10:45:00.000'))).toBe(false);
  expect(canCancel(running, at('10:00:00.000'))).toBe(false);
});

test('a cancelled one stays among the upcoming until its time is over', () => {
  const cancelled = anAppointment({ status: 'cancelled' });
  expect(isUpcoming(cancelled, at('10:00:00.000'))).toBe(true);
  expect(isUpcoming(cancelled, at('10:30:00.000'))).toBe(false);
  expect(isUpcoming(anAppointment({ status: 'completed' }), at('10:00:00.000'))).toBe(false);
});

test('each sees the other', () => {
  expect(otherPerson(scheduled, scheduled.doctor.id).displayName).toBe('Luka Horvat');
  expect(otherPerson(scheduled, scheduled.user.id).displayName).toBe('Dr. Ana Novak');
});

test('order is by start, then by id', () => {
  const early = anAppointment({ id: 'b', startsAt: '2026-11-27T09:00:00.000Z' });
  const list = [anAppointment({ id: 'c' }), anAppointment({ id: 'a' }), early].sort(compareAppointments);
  expect(list.map((item) => item.id)).toEqual(['b', 'a', 'c']);
});
