import { randomUUID } from 'node:crypto';
import { Actor } from '../../src/actors.ts';
import type { Answer } from '../../src/driver/answer.ts';
import type { SuiteTarget } from '../../src/target.ts';
import type { World } from '../k6/scenarios/order.ts';
import type { ScenarioName } from '../study/records.ts';

export type LoggedScenario = Exclude<ScenarioName, 'mixed-day'>;

type Headers = Record<string, string>;
type Send = (target: SuiteTarget, world: World, headers: Headers) => Promise<Answer>;

/** One request of each measured scenario, of the same operation and size as under load. */
export const loggedRequests: Record<LoggedScenario, { status: number; send: Send }> = {
  'point-read': {
    status: 200,
    send: (target, { reader, appointments }, headers) => {
      const appointmentId = appointments[0]?.path.split('/').at(-1) ?? '';
      return new Actor(target, reader.token).send('getAppointment', { path: { appointmentId }, headers });
    },
  },
  list: {
    status: 200,
    send: (target, { reader }, headers) =>
      new Actor(target, reader.token).send('listAppointments', { query: { limit: 50 }, headers }),
  },
  booking: {
    status: 201,
    send: (target, { writer, doctor, freeFrom }, headers) => {
      const startsAt = new Date(freeFrom).toISOString();
      const body = { doctorId: doctor.id, startsAt, durationMinutes: 5, reason: 'visit 0' };
      return new Actor(target, writer.token).send('createAppointment', { body, headers });
    },
  },
  message: {
    status: 201,
    send: (target, { writer, appointmentId }, headers) => {
      const text = 'A message of middling length, as people write them. Number 0.';
      const body = { clientId: randomUUID(), body: text };
      return new Actor(target, writer.token).send('sendMessage', { path: { appointmentId }, body, headers });
    },
  },
  login: {
    status: 201,
    send: (target, { writer: { email, password } }, headers) =>
      new Actor(target).send('login', { body: { email, password }, headers }),
  },
};
