import { randomUUID } from 'node:crypto';
import type { components } from '@duet/contract/types';
import type { ClientConfig } from '../../src/api/client-config.ts';
import type { BackendId, Stack } from '../stack/stack.ts';

type Schemas = components['schemas'];
export type Role = Schemas['Account']['role'];
export type Appointment = Schemas['Appointment'];
export type Login = Schemas['NewSession'];
export type Credentials = { email: string; password: string; displayName: string; role: Role };

export const password = 'correct horse battery';
const minuteMs = 60_000;

/** Arranges what a story begins with, past the client: people, appointments, messages. */
export class Backend {
  readonly id: BackendId;
  readonly #stack: Stack;

  constructor(stack: Stack, id: BackendId) {
    this.#stack = stack;
    this.id = id;
  }

  /** Somebody whose name nobody else has. */
  invent(role: Role): Credentials {
    const mark = randomUUID().slice(0, 8);
    const displayName = role === 'doctor' ? `Dr. Ines Moreau ${mark}` : `Tom Becker ${mark}`;
    return { email: `${role}-${mark}@duet.example`, password, displayName, role };
  }

  async signUp(role: Role): Promise<Credentials> {
    const person = this.invent(role);
    const { inviteCode } = this.#stack;
    await this.#send('/accounts', {
      body: { ...person, ...(role === 'doctor' && { specialty: 'Cardiology', inviteCode }) },
    });
    return person;
  }

  logIn({ email, password: secret }: Credentials): Promise<Login> {
    return this.#send('/sessions', { body: { email, password: secret } });
  }

  /** Somebody whom `duet start` itself made, as it tells the client. */
  async demoAccount(role: Role): Promise<Credentials> {
    const response = await fetch(`${this.#stack.origin}/client-config.json`);
    const { demo } = (await response.json()) as ClientConfig;
    const account = demo?.accounts.find((each) => each.role === role);
    if (!account) throw new Error(`the demonstration has no ${role}`);
    return account;
  }

  async appointmentsOf({ token }: Login): Promise<Appointment[]> {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${this.#stack.origin}/${this.id}/v1/appointments`, { headers });
    if (!response.ok) throw new Error(`GET /appointments: ${response.status}`);
    return ((await response.json()) as { items: Appointment[] }).items;
  }

  /** An appointment whose call is open now, unless told when. */
  book(user: Login, doctor: Login, when: { startsAt?: Date; durationMinutes?: number } = {}): Promise<Appointment> {
    const startsAt = when.startsAt ?? new Date(Math.ceil(Date.now() / minuteMs) * minuteMs + minuteMs);
    const body = {
      doctorId: doctor.account.id,
      startsAt: startsAt.toISOString(),
      durationMinutes: when.durationMinutes ?? 30,
      reason: 'Palpitations after climbing stairs',
    };
    return this.#send('/appointments', { token: user.token, body });
  }

  async write(author: Login, appointmentId: string, body: string): Promise<void> {
    const message = { clientId: randomUUID(), body };
    await this.#send(`/appointments/${appointmentId}/messages`, { token: author.token, body: message });
  }

  async cancel(person: Login, appointmentId: string, reason: string): Promise<void> {
    await this.#send(`/appointments/${appointmentId}/cancel`, { token: person.token, body: { reason } });
  }

  /** On another device of the person, as it were. */
  async logOutEverywhere({ token }: Login): Promise<void> {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${this.#stack.origin}/${this.id}/v1/sessions`, { method: 'DELETE', headers });
    if (!response.ok) throw new Error(`DELETE /sessions: ${response.status}`);
  }

  async setTimeZone(person: Login, timeZone: string): Promise<void> {
    await this.#send('/me', { method: 'PATCH', token: person.token, body: { timeZone } });
  }

  async #send<Answer>(
    place: string,
    { method = 'POST', token, body }: { method?: string; token?: string; body: object },
  ): Promise<Answer> {
    const response = await fetch(`${this.#stack.origin}/${this.id}/v1${place}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${place}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }
}
