import { expect, it } from 'vitest';
import { anAppointment } from './appointment.sample.ts';
import { isOwnBooking, rememberOwnBooking } from './own-bookings.ts';

function memory(): Storage {
  const texts = new Map<string, string>();
  return {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
  } as Storage;
}

it('is known by its start and the other person, in any way of writing the instant', () => {
  const storage = memory();
  const appointment = anAppointment();
  expect(isOwnBooking(storage, appointment)).toBe(false);
  rememberOwnBooking(storage, { startsAt: '2026-11-27T11:00:00+01:00', withId: appointment.doctor.id });
  expect(isOwnBooking(storage, appointment)).toBe(true);
  expect(isOwnBooking(storage, anAppointment({ startsAt: '2026-11-27T12:00:00.000Z' }))).toBe(false);
});

it('is none of a booking with somebody else', () => {
  const storage = memory();
  const appointment = anAppointment();
  rememberOwnBooking(storage, { startsAt: appointment.startsAt, withId: 'somebody' });
  expect(isOwnBooking(storage, appointment)).toBe(false);
});
