import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Appointment, Backend } from '../people/backend.ts';
import type { Person } from '../people/person.ts';

const hourMs = 3_600_000;

export type Place = { name: string; path: string; isOpen?: true };

/** Every page that is there without a call. */
export function placesFor(
  { login: doctor }: Pick<Person, 'login'>,
  appointment: Appointment,
  cancelled: Appointment,
): Place[] {
  return [
    { name: 'login', path: '/login', isOpen: true },
    { name: 'signup', path: '/signup', isOpen: true },
    { name: 'appointments', path: '/appointments' },
    { name: 'past', path: '/appointments?view=past' },
    { name: 'day', path: '/appointments/day' },
    { name: 'appointment', path: `/appointments/${appointment.id}` },
    { name: 'cancelled', path: `/appointments/${cancelled.id}` },
    { name: 'doctors', path: '/doctors' },
    { name: 'booking', path: `/doctors/${doctor.account.id}` },
    { name: 'messages', path: `/appointments/${appointment.id}/messages` },
    { name: 'lobby', path: `/appointments/${appointment.id}/call` },
    { name: 'profile', path: '/profile' },
    { name: 'backends', path: '/backends' },
    { name: 'shortcuts', path: '/shortcuts' },
    { name: 'not-found', path: '/no-such-page' },
  ];
}

/** Two people with something to show: an open call, messages, a cancelled appointment and one next week. */
export async function furnish(
  backend: Backend,
  doctor: Person,
  user: Person,
): Promise<{ appointment: Appointment; cancelled: Appointment }> {
  const appointment = await backend.book(user.login, doctor.login);
  const later = (hours: number): Date => new Date(Math.ceil(Date.now() / hourMs) * hourMs + hours * hourMs);
  const cancelled = await backend.book(user.login, doctor.login, { startsAt: later(24) });
  await backend.book(user.login, doctor.login, { startsAt: later(7 * 24) });
  await backend.cancel(doctor.login, cancelled.id, 'I am at a conference that day');
  await backend.write(doctor.login, appointment.id, 'Good morning! Have the tablets helped?');
  await backend.write(user.login, appointment.id, 'Yes, much better since Tuesday. Only the stairs are still hard.');
  await backend.write(doctor.login, appointment.id, 'Then let us talk about it in a moment.');
  return { appointment, cancelled };
}

/** Everything that the page loads first is there. */
export async function visit(page: Page, { path }: Place): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
}
