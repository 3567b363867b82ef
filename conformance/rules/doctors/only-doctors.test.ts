import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { book } from '../../src/bookings.ts';
import type { OperationId } from '../../src/driver/answer.ts';
import { fromNow } from '../../src/instants.ts';
import { rule } from '../../src/rule.ts';

const range = { from: '2030-01-01T00:00:00Z', to: '2030-01-02T00:00:00Z' };
const OPERATIONS: [OperationId, query: Record<string, string>][] = [
  ['getDoctor', {}],
  ['listBusyTimes', range],
];
const headers = { 'x-request-id': 'the-same-for-all' };

rule('doctors/only-doctors', ({ test, people }) => {
  const [doctor, user, other] = people('doctor', 'user', 'user');

  test('shows a doctor to users, doctors and the doctor', async ({ target }) => {
    const [colleague] = await target.people('doctor');
    const path = { doctorId: doctor.id };
    for (const person of [user, colleague, doctor]) {
      const profile = await person.send('getDoctor', { path });
      expect(profile.status).toBe(200);
      expect(profile.body).toEqual({ id: doctor.id, role: 'doctor', displayName: doctor.displayName, specialty: null });
      const busy = await person.send('listBusyTimes', { path, query: range });
      expect(busy.status).toBe(200);
      expect(busy.body).toEqual({ items: [] });
    }
  });

  for (const [operationId, query] of OPERATIONS) {
    test(`tells a user from nobody in no answer of ${operationId}`, async () => {
      for (const person of [user, doctor])
        for (const replica of [0, 1]) {
          const send = async (doctorId: string) =>
            person.send(operationId, { path: { doctorId }, query, headers, replica });
          const ofNobody = await send(randomUUID());
          expect(ofNobody).toBeProblem(404, 'not-found');
          for (const id of [user.id, other.id, other.id.toUpperCase()]) {
            const answer = await send(id);
            expect(answer).toBeProblem(404, 'not-found');
            expect(answer.text).toBe(ofNobody.text);
            expect({ ...answer.headers, date: '' }).toEqual({ ...ofNobody.headers, date: '' });
          }
        }
    });

    test(`finds nothing by ids of other things in ${operationId}`, async ({ target }) => {
      const days = operationId === 'getDoctor' ? 14 : 15;
      const appointment = await book(user, doctor, { startsAt: fromNow({ days }) });
      const login = await target.nobody.send('login', { body: { email: doctor.email, password: doctor.password } });
      for (const doctorId of [appointment.id, login.body.id])
        expect(await user.send(operationId, { path: { doctorId }, query })).toBeProblem(404, 'not-found');
    });
  }

  test('says so before it looks at the range', async () => {
    const backwards = { from: range.to, to: range.from };
    const path = { doctorId: other.id };
    expect(await user.send('listBusyTimes', { path, query: backwards })).toBeProblem(404, 'not-found');
  });
});
