import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { type Appointment, book, join, on, show } from '../../src/bookings.ts';
import type { Answer, OperationId } from '../../src/driver/answer.ts';
import { fromNow, later } from '../../src/instants.ts';
import { rule } from '../../src/rule.ts';

const NOTHING = { id: '00000000-0000-4000-8000-000000000000' };
const CONNECTION = '3f0c7a52-8d0e-4b52-9d6c-0f7a5f3b9a11';

/** Every operation on an appointment, with a body that fits its schema. */
const OPERATIONS: [OperationId, body?: object][] = [
  ['getAppointment'],
  ['cancelAppointment', { reason: 'none of mine' }],
  ['getAppointmentCalendar'],
  ['joinCall'],
  ['keepPresence', { connectionId: CONNECTION }],
  ['leaveCall', { connectionId: CONNECTION }],
  ['endCall'],
  ['sendSignal', { clientId: CONNECTION, connectionId: CONNECTION, epoch: 0, type: 'media', data: {} }],
  ['sendMessage', { clientId: CONNECTION, body: 'hello' }],
  ['listMessages'],
  ['showTyping'],
  ['markMessagesRead', { upTo: CONNECTION }],
];

function ask(
  person: Person,
  [operation, body]: (typeof OPERATIONS)[number],
  appointment: { id: string },
): Promise<Answer> {
  return person.send(operation, { path: on(appointment), ...(body && { body }) });
}

rule('appointments/participants-only', ({ test, people }) => {
  const [doctor, user, otherDoctor, otherUser] = people('doctor', 'user', 'doctor', 'user');

  async function expectHidden(appointment: Appointment): Promise<void> {
    const asked = OPERATIONS.map(async (operation, index) => {
      const stranger = index % 2 === 0 ? otherDoctor : otherUser;
      const colleague = index % 2 === 0 ? otherUser : otherDoctor;
      const hidden = await ask(stranger, operation, appointment);
      const nothing = await ask(stranger, operation, NOTHING);
      expect(hidden, operation[0]).toBeProblem(404, 'not-found');
      expect({ ...hidden.problem, requestId: '' }).toEqual({ ...nothing.problem, requestId: '' });
      expect(await ask(colleague, operation, appointment), operation[0]).toBeProblem(404, 'not-found');
    });
    await Promise.all(asked);
  }

  test('answers 404 to anyone else while it is scheduled', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 3 }), durationMinutes: 5 });
    await expectHidden(appointment);
    expect(await show(user, appointment)).toEqual(appointment);
    expect((await doctor.send('listMessages', { path: on(appointment) })).body.items).toEqual([]);
  });

  test('answers 404 to anyone else during and after the call', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 9 }), durationMinutes: 5 });
    await join(doctor, appointment);
    await expectHidden(appointment);
    expect((await show(doctor, appointment)).status).toBe('in_progress');
    expect((await doctor.send('endCall', { path: on(appointment) })).status).toBe(200);
    await expectHidden(appointment);
  });

  test('answers 404 to anyone else after a cancel', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 1 }) });
    expect((await user.send('cancelAppointment', { path: on(appointment) })).status).toBe(200);
    await expectHidden(appointment);
  });

  test('shows it to its participants by every operation', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 2 }) });
    for (const operation of OPERATIONS) {
      for (const person of [doctor, user]) {
        const answer = await ask(person, operation, appointment);
        expect(answer.status, `${operation[0]}: ${answer.text}`).not.toBe(404);
      }
    }
  });

  test('checks validity before and everything else after', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 3 }) });
    const path = on(appointment);
    const invalid: Answer[] = [
      await otherUser.send('cancelAppointment', { path, body: { reason: 5 } }),
      await otherUser.send('keepPresence', { path, body: { connectionId: 'none' } }),
      await otherUser.send('sendMessage', { path, body: { clientId: randomUUID(), body: '  ' } }),
      await otherUser.send('listMessages', { path, query: { limit: 0 } }),
    ];
    for (const [operation, body] of OPERATIONS) {
      if (!body || operation === 'cancelAppointment') continue;
      invalid.push(await otherUser.send(operation, { path: on(NOTHING), body: {} }));
    }
    invalid.push(await otherUser.send('cancelAppointment', { path: on(NOTHING), body: { reason: 5 } }));
    for (const answer of invalid) expect(answer).toBeProblem(400, 'validation-failed');
    const headers = { 'if-match': '"another"' };
    expect(await otherUser.send('cancelAppointment', { path, headers })).toBeProblem(404, 'not-found');
    expect(await otherUser.send('endCall', { path })).toBeProblem(404, 'not-found');
    const { headers: shown } = await user.send('getAppointment', { path });
    const known = { 'if-none-match': shown['etag'] ?? '' };
    expect(await otherUser.send('getAppointment', { path, headers: known })).toBeProblem(404, 'not-found');
  });

  test('lists it to nobody else', async () => {
    const startsAt = fromNow({ days: 4 });
    const appointment = await book(doctor, user, { startsAt });
    const query = { from: startsAt, to: later(startsAt, { ms: 1 }) };
    for (const person of [doctor, user]) {
      const list = await person.send('listAppointments', { query });
      expect(list.body.items.map((item) => item.id)).toEqual([appointment.id]);
    }
    for (const stranger of [otherDoctor, otherUser]) {
      expect((await stranger.send('listAppointments')).body.items).toEqual([]);
    }
  });
});
