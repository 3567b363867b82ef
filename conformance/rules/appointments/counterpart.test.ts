import { expect } from 'vitest';
import type { Answer } from '../../src/driver/answer.ts';
import { fromNow, later } from '../../src/instants.ts';
import { rule } from '../../src/rule.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000';
const startsAt = fromNow({ days: 3 });
const slot = { startsAt, durationMinutes: 30 };

function places(answer: Answer): string[] {
  return [...new Set(answer.problem.errors.map((error) => `${error.in} ${error.pointer}`))].sort();
}

function rulesAt(answer: Answer): string[] {
  return answer.problem.errors.map((error) => `${error.in} ${error.pointer} ${error.rule}`).sort();
}

rule('appointments/counterpart', ({ test, people }) => {
  const [doctor, colleague, user, other] = people('doctor', 'doctor', 'user', 'user');

  test('books for a user who names the doctor', async () => {
    const answer = await user.send('createAppointment', { body: { ...slot, doctorId: doctor.id } });
    expect(answer.status).toBe(201);
    expect(answer.body.doctor).toEqual({
      id: doctor.id,
      role: 'doctor',
      displayName: doctor.displayName,
      specialty: null,
    });
    expect(answer.body.user).toEqual({ id: user.id, role: 'user', displayName: user.displayName, specialty: null });
    expect(answer.headers['location']).toBe(`/v1/appointments/${answer.body.id}`);
  });

  test('books for a doctor who names the user', async () => {
    const body = { ...slot, startsAt: later(startsAt, { hours: 1 }), userId: user.id };
    const answer = await doctor.send('createAppointment', { body });
    expect(answer.status).toBe(201);
    expect(answer.body.doctor.id).toBe(doctor.id);
    expect(answer.body.user.id).toBe(user.id);
    expect(answer.headers['location']).toBe(`/v1/appointments/${answer.body.id}`);
  });

  test('names the wrong one as unknown and the right one as required', async () => {
    const byUser = await user.send('createAppointment', { body: { ...slot, userId: other.id } });
    expect(byUser).toBeProblem(400, 'validation-failed');
    expect(rulesAt(byUser)).toEqual(['body /doctorId required', 'body /userId unknown']);
    const byDoctor = await doctor.send('createAppointment', { body: { ...slot, doctorId: colleague.id } });
    expect(byDoctor).toBeProblem(400, 'validation-failed');
    expect(rulesAt(byDoctor)).toEqual(['body /doctorId unknown', 'body /userId required']);
  });

  test('names both when both are given', async () => {
    for (const person of [user, doctor]) {
      const body = { ...slot, doctorId: doctor.id, userId: user.id };
      const answer = await person.send('createAppointment', { body });
      expect(answer).toBeProblem(400, 'validation-failed');
      expect(places(answer)).toEqual(['body /doctorId', 'body /userId']);
    }
  });

  test('names the expected one as required when none is given', async () => {
    const byUser = await user.send('createAppointment', { body: slot });
    expect(byUser).toBeProblem(400, 'validation-failed');
    expect(rulesAt(byUser)).toEqual(['body /doctorId required']);
    const byDoctor = await doctor.send('createAppointment', { body: slot });
    expect(byDoctor).toBeProblem(400, 'validation-failed');
    expect(rulesAt(byDoctor)).toEqual(['body /userId required']);
  });

  test('names the counterpart along with whatever else is invalid', async () => {
    const byUser = await user.send('createAppointment', { body: { userId: other.id, durationMinutes: 7 } });
    expect(byUser).toBeProblem(400, 'validation-failed');
    expect(places(byUser)).toEqual(['body /doctorId', 'body /durationMinutes', 'body /startsAt', 'body /userId']);
    const byDoctor = await doctor.send('createAppointment', { body: { ...slot, userId: 'nobody', reason: 5 } });
    expect(byDoctor).toBeProblem(400, 'validation-failed');
    expect(places(byDoctor)).toEqual(['body /reason', 'body /userId']);
  });

  test('refuses an id of no account as unknown-participant', async () => {
    const byUser = await user.send('createAppointment', { body: { ...slot, doctorId: NOBODY } });
    expect(byUser).toBeProblem(422, 'unknown-participant');
    const byDoctor = await doctor.send('createAppointment', { body: { ...slot, userId: NOBODY } });
    expect(byDoctor).toBeProblem(422, 'unknown-participant');
  });

  test('refuses an account of the wrong role, oneself included', async () => {
    for (const doctorId of [other.id, user.id]) {
      const answer = await user.send('createAppointment', { body: { ...slot, doctorId } });
      expect(answer).toBeProblem(422, 'unknown-participant');
    }
    for (const userId of [colleague.id, doctor.id]) {
      const answer = await doctor.send('createAppointment', { body: { ...slot, userId } });
      expect(answer).toBeProblem(422, 'unknown-participant');
    }
    expect((await colleague.send('listAppointments')).body.items).toEqual([]);
    expect((await other.send('listAppointments')).body.items).toEqual([]);
  });

  test('tells an unknown participant before an invalid start', async () => {
    const past = { startsAt: fromNow({ days: -1 }), durationMinutes: 30 };
    const byUser = await user.send('createAppointment', { body: { ...past, doctorId: NOBODY } });
    expect(byUser).toBeProblem(422, 'unknown-participant');
    const byDoctor = await doctor.send('createAppointment', { body: { ...past, userId: colleague.id } });
    expect(byDoctor).toBeProblem(422, 'unknown-participant');
  });
});
