import { expect, test } from 'vitest';
import { anAppointment } from './appointment.sample.ts';
import { callNotice, joinableUntil } from './call-notice.ts';

const at = (text: string) => Date.parse(`2026-11-27T${text}Z`);
const { doctor, user } = anAppointment();
const inside = (accountId: string, connected = true) => ({
  state: 'waiting' as const,
  roomName: 'room',
  participants: [{ accountId, connected, joinedAt: '2026-11-27T09:55:00.000Z', leftAt: null }],
  startedAt: '2026-11-27T09:55:00.000Z',
  endedAt: null,
});
const kind = (appointment: ReturnType<typeof anAppointment>, time: string) =>
  callNotice(appointment, user.id, at(time)).kind;

test('before it opens the time left is told', () => {
  expect(callNotice(anAppointment(), user.id, at('09:48:30.000'))).toMatchObject({ kind: 'early', left: 90_000 });
});

test('what is said follows time and who is there', () => {
  const waiting = anAppointment({ status: 'in_progress', call: inside(doctor.id) });
  const mine = anAppointment({ status: 'in_progress', call: inside(user.id) });
  const left = anAppointment({ status: 'in_progress', call: inside(doctor.id, false) });
  expect(kind(anAppointment(), '09:50:00.000')).toBe('open');
  expect(kind(anAppointment(), '10:00:00.000')).toBe('began');
  expect(kind(anAppointment(), '10:30:00.000')).toBe('missed');
  expect(kind(waiting, '10:00:00.000')).toBe('otherWaits');
  expect(kind(mine, '10:00:00.000')).toBe('youInside');
  expect(kind(left, '10:00:00.000')).toBe('interrupted');
  expect(kind(left, '10:45:00.000')).toBe('over');
  expect(kind(anAppointment({ status: 'cancelled' }), '10:00:00.000')).toBe('cancelled');
});

test('one that has begun is open a quarter of an hour longer', () => {
  expect(joinableUntil(anAppointment())).toBe(at('10:30:00.000'));
  expect(joinableUntil(anAppointment({ status: 'in_progress' }))).toBe(at('10:45:00.000'));
});
