import { expect, test } from 'vitest';
import { anAppointment } from './appointment.sample.ts';
import { changesBetween } from './changes.ts';

test('only what differs is named', () => {
  const before = anAppointment();
  expect(changesBetween(before, anAppointment())).toEqual([]);
  expect(changesBetween(before, anAppointment({ status: 'cancelled', cancelReason: 'ill' }))).toEqual(['status']);
  const renamed = { ...before.doctor, displayName: 'Dr. Ana Novak-Kos' };
  expect(changesBetween(before, anAppointment({ doctor: renamed, reason: 'cough' }))).toEqual(['reason', 'people']);
});
