import type { components } from '@duet/contract/types';
import { StartError } from '../stack/errors.ts';

type Schemas = components['schemas'];
export type Appointment = Schemas['Appointment'];
export type Session = Schemas['NewSession'];
export type NewPerson = Schemas['NewAccount'];

/** What the demonstration asks of one backend, through the API like anybody else. */
export class DemoRequests {
  readonly #url: string;
  readonly #name: string;

  constructor(url: string, name: string) {
    this.#url = url;
    this.#name = name;
  }

  getMeta(): Promise<Schemas['Meta']> {
    return this.#expect('GET', '/v1/meta', {}, [200]);
  }

  /** Makes the account unless it is there, and logs in. */
  async enter(person: NewPerson): Promise<Session> {
    await this.#send('POST', '/v1/accounts', { body: person });
    const { email, password } = person;
    return this.#expect('POST', '/v1/sessions', { body: { email, password } }, [201]);
  }

  async setTimeZone(token: string, timeZone: string): Promise<void> {
    await this.#send('PATCH', '/v1/me', { token, body: { timeZone } });
  }

  async listAppointments(token: string, query: Record<string, string>): Promise<Appointment[]> {
    const path = `/v1/appointments?${new URLSearchParams(query)}`;
    return (await this.#expect<Schemas['AppointmentPage']>('GET', path, { token }, [200])).items;
  }

  /** Undefined when the time is taken. */
  async book(token: string, appointment: Schemas['NewAppointment']): Promise<Appointment | undefined> {
    const { status, body } = await this.#send('POST', '/v1/appointments', { token, body: appointment });
    return status === 201 ? (body as Appointment) : undefined;
  }

  async write(token: string, appointmentId: string, message: Schemas['SendMessageRequest']): Promise<void> {
    await this.#send('POST', `/v1/appointments/${appointmentId}/messages`, { token, body: message });
  }

  async leave(token: string): Promise<void> {
    await this.#send('DELETE', '/v1/sessions/current', { token });
  }

  async #expect<Body>(method: string, path: string, given: Given, statuses: number[]): Promise<Body> {
    const { status, body } = await this.#send(method, path, given);
    if (statuses.includes(status)) return body as Body;
    throw new StartError(`${this.#name}: the demonstration's ${method} ${path} was answered with ${status}`);
  }

  async #send(method: string, path: string, { token, body }: Given): Promise<{ status: number; body: unknown }> {
    const response = await fetch(this.#url + path, {
      method,
      headers: {
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  }
}

type Given = { token?: string; body?: unknown };
