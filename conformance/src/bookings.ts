import { expect } from 'vitest';
import type { Person } from './actors.ts';
import type { SuccessBody } from './driver/answer.ts';

export type Appointment = SuccessBody<'createAppointment'>;
export type Grant = SuccessBody<'joinCall'>;
export type PeerGrant = Extract<Grant, { provider: 'peer' }>;
export type Slot = { startsAt: string; durationMinutes?: number; reason?: string };

/** The path parameters of every operation on one appointment. */
export function on(appointment: { id: string }): { appointmentId: string } {
  return { appointmentId: appointment.id };
}

/**
 * Books an appointment of 30 minutes (unless told) as the first person with the second one.
 * @throws AssertionError when it is refused.
 */
export async function book(person: Person, other: Person, slot: Slot): Promise<Appointment> {
  const counterpart = person.account.role === 'user' ? { doctorId: other.id } : { userId: other.id };
  const answer = await person.send('createAppointment', { body: { ...counterpart, durationMinutes: 30, ...slot } });
  expect(answer.status, `createAppointment: ${answer.text}`).toBe(201);
  return answer.body;
}

/**
 * The appointment as this person sees it at this person's time.
 * @throws AssertionError when it is not shown.
 */
export async function show(person: Person, appointment: { id: string }): Promise<Appointment> {
  const answer = await person.send('getAppointment', { path: on(appointment) });
  expect(answer.status, `getAppointment: ${answer.text}`).toBe(200);
  return answer.body;
}

/**
 * Joins the appointment's call.
 * @throws AssertionError when it is refused.
 */
export async function join(person: Person, appointment: { id: string }): Promise<Grant> {
  const answer = await person.send('joinCall', { path: on(appointment) });
  expect(answer.status, `joinCall: ${answer.text}`).toBe(200);
  return answer.body;
}

/**
 * Joins the call of a target with the provider peer.
 * @throws AssertionError when it is refused, or granted for another provider.
 */
export async function joinPeer(person: Person, appointment: { id: string }): Promise<PeerGrant> {
  const grant = await join(person, appointment);
  if (grant.provider !== 'peer') throw new Error(`the grant is for the provider ${grant.provider}, not for peer`);
  return grant;
}
