import { createPerson, type Person } from '../src/actors.ts';
import type { Answer } from '../src/driver/answer.ts';
import type { SuiteTarget } from '../src/target.ts';

/** Who and what a tester finds on a server: two people with an appointment and a message, and somebody else. */
export type People = { user: Person; doctor: Person; other: Person; appointmentId: string; messageId: string };

/**
 * Makes them through the API.
 * @param startsAt of the appointment
 * @throws Error when the server refuses what it should not
 */
export async function makePeople(target: SuiteTarget, startsAt: string): Promise<People> {
  const [user, doctor, other] = [
    await createPerson(target, 'user'),
    await createPerson(target, 'doctor', { specialty: 'Cardiology' }),
    await createPerson(target, 'user'),
  ];
  const appointmentId = await book(user, doctor, startsAt);
  const body = { clientId: crypto.randomUUID(), body: 'Should I keep the bandage on for the call?' };
  const message = made(await doctor.send('sendMessage', { path: { appointmentId }, body }));
  return { user, doctor, other, appointmentId, messageId: message.id };
}

/** @returns the id of a new appointment of 30 minutes */
export async function book(user: Person, doctor: Person, startsAt: string): Promise<string> {
  const body = { doctorId: doctor.id, startsAt, durationMinutes: 30, reason: 'Chest pain when climbing stairs' };
  return made(await user.send('createAppointment', { body })).id;
}

function made<Body>({ status, body, text }: Answer<Body>): Body {
  if (status !== 201) throw new Error(`what was to be made was answered ${status}: ${text.slice(0, 200)}`);
  return body;
}
