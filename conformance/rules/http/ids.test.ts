import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { OperationId } from '../../src/driver/answer.ts';
import { keepsBothSides } from '../../src/negatives/both-sides.ts';
import { rule } from '../../src/rule.ts';

const MALFORMED = ['1', 'me', '0197f3c2-5b1e-7c41-9a50-3f6c2f1b8d0', '0197f3c2-5b1e-7c41-9a50-3f6c2f1b8d011', '0197f3c25b1e7c419a503f6c2f1b8d01', '{0197f3c2-5b1e-7c41-9a50-3f6c2f1b8d01}', '0197f3c2-5b1e-7c41-9a50-3f6c2f1b8d0g', '*', "' OR 1=1", '%00', 'ü']; // prettier-ignore

const OPERATIONS: [OperationId, 'doctorId' | 'appointmentId', query?: Record<string, string>][] = [
  ['getDoctor', 'doctorId'],
  ['listBusyTimes', 'doctorId', { from: '2030-01-01T00:00:00Z', to: '2030-01-02T00:00:00Z' }],
  ['getAppointment', 'appointmentId'],
  ['cancelAppointment', 'appointmentId'],
  ['getAppointmentCalendar', 'appointmentId'],
];

rule('http/ids', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');

  for (const [operationId, name, query = {}] of OPERATIONS) {
    test(`tells malformed from unknown ids in ${operationId}`, async () => {
      for (const id of MALFORMED) {
        const answer = await user.send(operationId, { path: { [name]: id }, query });
        expect(answer, id).toBeProblem(400, 'validation-failed');
        expect(new Set(answer.problem.errors.map((place) => `${place.in} ${place.pointer}`)), id).toEqual(
          new Set([`path /${name}`]),
        );
      }
      expect(await user.send(operationId, { path: { [name]: randomUUID() }, query })).toBeProblem(404, 'not-found');
      expect(
        await user.send(operationId, { path: { [name]: '00000000-0000-0000-0000-000000000000' }, query }),
      ).toBeProblem(404, 'not-found');
    });
  }

  test('takes ids in any letter case and shows them in lower case', async () => {
    const profile = await user.send('getDoctor', { path: { doctorId: doctor.id.toUpperCase() } });
    expect(profile.status).toBe(200);
    expect(profile.body.id).toBe(doctor.id.toLowerCase());
    const startsAt = new Date(Date.now() + 86_400_000).toISOString();
    const booked = await user.send('createAppointment', {
      body: { doctorId: doctor.id.toUpperCase(), startsAt, durationMinutes: 5 },
    });
    expect(booked.status).toBe(201);
    expect(booked.body.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(booked.body.doctor.id).toBe(doctor.id);
    const read = await user.send('getAppointment', { path: { appointmentId: booked.body.id.toUpperCase() } });
    expect(read.body).toEqual(booked.body);
  });

  keepsBothSides(test, 'http/ids', { doctor, user });
});
