import type { Appointment, Backend, Credentials, Login } from '../people/backend.ts';

const hourMs = 3_600_000;

export type Scene = {
  accounts: { doctor: Credentials; user: Credentials };
  doctor: Login;
  appointment: Appointment;
  cancelled: Appointment;
};

/** Of the people that `duet start` made: their open appointment with a conversation, one that was cancelled, and two to come. */
export async function furnishDemo(backend: Backend): Promise<Scene> {
  const accounts = { doctor: await backend.demoAccount('doctor'), user: await backend.demoAccount('user') };
  const [doctor, user] = await Promise.all([backend.logIn(accounts.doctor), backend.logIn(accounts.user)]);
  const [appointment] = await backend.appointmentsOf(user);
  if (!appointment) throw new Error('the demonstration has an appointment');
  const later = (hours: number): Date => new Date(Math.ceil(Date.now() / hourMs) * hourMs + hours * hourMs);
  const cancelled = await backend.book(user, doctor, { startsAt: later(24) });
  for (const hours of [48, 7 * 24]) await backend.book(user, doctor, { startsAt: later(hours) });
  await backend.cancel(doctor, cancelled.id, 'I am at a conference that day');
  await backend.write(user, appointment.id, 'Thank you. The cough is much better, only the stairs are still hard.');
  await backend.write(doctor, appointment.id, 'Good. Then let us talk about it in a moment.');
  return { accounts, doctor, appointment, cancelled };
}
