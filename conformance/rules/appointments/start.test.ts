import { expect } from 'vitest';
import { book, show } from '../../src/bookings.ts';
import type { Answer } from '../../src/driver/answer.ts';
import { fromNow, later } from '../../src/instants.ts';
import { rule } from '../../src/rule.ts';

const startsAt = fromNow({ days: 5 });

function places(answer: Answer): string[] {
  return [...new Set(answer.problem.errors.map((error) => `${error.in} ${error.pointer}`))].sort();
}

rule('appointments/start', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');

  test('takes a start within the coming 365 days and no other', async () => {
    const body = (start: string) => ({ doctorId: doctor.id, startsAt: start, durationMinutes: 5 });
    for (const start of [fromNow({ minutes: 2 }), fromNow({ days: 364, hours: 23 })]) {
      const answer = await user.send('createAppointment', { body: body(start) });
      expect(answer.status, start).toBe(201);
      expect(answer.body.startsAt).toBe(start);
    }
    for (const start of [
      fromNow({ minutes: -1 }),
      fromNow({ days: 365, minutes: 2 }),
      '2007-03-01T10:00:00Z',
      '3000-01-01T00:00:00Z',
    ]) {
      const answer = await user.send('createAppointment', { body: body(start) });
      expect(answer, start).toBeProblem(422, 'invalid-start');
    }
  });

  test('refuses a doctor the same starts as a user', async () => {
    const body = { userId: user.id, durationMinutes: 5 };
    const past = await doctor.send('createAppointment', { body: { ...body, startsAt: fromNow({ minutes: -1 }) } });
    expect(past).toBeProblem(422, 'invalid-start');
    const far = await doctor.send('createAppointment', { body: { ...body, startsAt: fromNow({ days: 366 }) } });
    expect(far).toBeProblem(422, 'invalid-start');
  });

  test('takes a start at now and none a millisecond before', { needs: ['clock'] }, async () => {
    const now = later(fromNow({ hours: 2 }), { ms: 500 });
    const body = { doctorId: doctor.id, durationMinutes: 5 };
    const before = await user.send('createAppointment', { body: { ...body, startsAt: later(now, { ms: -1 }) }, now });
    expect(before).toBeProblem(422, 'invalid-start');
    const atNow = await user.send('createAppointment', { body: { ...body, startsAt: now }, now });
    expect(atNow.status).toBe(201);
    expect(atNow.body.startsAt).toBe(now);
    expect(atNow.body.createdAt).toBe(now);
  });

  test('takes a start 365 x 24 h on and none a millisecond later', { needs: ['clock'] }, async () => {
    // A year with 29 February in it, so that a calendar year is a day longer.
    const now = '2031-06-01T08:00:00.250Z';
    const later365 = '2032-05-31T08:00:00.250Z';
    const visitor = await user.logInAgain(now);
    const body = { doctorId: doctor.id, durationMinutes: 5 };
    for (const start of ['2032-05-31T08:00:00.251Z', '2032-06-01T08:00:00.250Z']) {
      const beyond = await visitor.send('createAppointment', { body: { ...body, startsAt: start } });
      expect(beyond, start).toBeProblem(422, 'invalid-start');
    }
    const last = await visitor.send('createAppointment', {
      body: { ...body, startsAt: '2032-05-31T10:00:00.250999+02:00' },
    });
    expect(last.status).toBe(201);
    expect(last.body.startsAt).toBe(later365);
  });

  test('takes every multiple of 5 minutes from 5 to 120', async () => {
    let start = startsAt;
    for (let durationMinutes = 5; durationMinutes <= 120; durationMinutes += 5) {
      const appointment = await book(user, doctor, { startsAt: start, durationMinutes });
      expect(appointment.durationMinutes).toBe(durationMinutes);
      expect(appointment.startsAt).toBe(start);
      expect(appointment.endsAt).toBe(later(start, { minutes: durationMinutes }));
      start = appointment.endsAt;
    }
  });

  test('refuses every other duration as invalid', async () => {
    for (const durationMinutes of [
      -5,
      0,
      1,
      4,
      6,
      7,
      29,
      119,
      121,
      125,
      1440,
      2.5,
      30.5,
      1e21,
      '30',
      null,
      true,
      [30],
    ]) {
      const body = { doctorId: doctor.id, startsAt: fromNow({ days: 9 }), durationMinutes };
      const answer = await user.send('createAppointment', { body });
      expect(answer, String(durationMinutes)).toBeProblem(400, 'validation-failed');
      expect(places(answer)).toEqual(['body /durationMinutes']);
    }
  });

  test('refuses a sent endsAt as unknown', async () => {
    const start = fromNow({ days: 9 });
    const body = { doctorId: doctor.id, startsAt: start, durationMinutes: 30, endsAt: later(start, { minutes: 30 }) };
    const answer = await user.send('createAppointment', { body });
    expect(answer).toBeProblem(400, 'validation-failed');
    expect(answer.problem.errors.map((error) => `${error.pointer} ${error.rule}`)).toEqual(['/endsAt unknown']);
  });

  test('takes reasons of 0 to 500 code points and shows them as sent', async () => {
    const start = fromNow({ days: 10 });
    for (const [index, reason] of ['', '👩🏽‍⚕️'.repeat(100), '𝒳'.repeat(500)].entries()) {
      const appointment = await book(user, doctor, { startsAt: later(start, { hours: index }), reason });
      expect(appointment.reason).toBe(reason);
      expect((await show(doctor, appointment)).reason).toBe(reason);
    }
    const without = await book(user, doctor, { startsAt: later(start, { hours: 4 }) });
    expect(without.reason).toBeNull();
  });

  test('refuses a reason of 501 code points, of white space, and null', async () => {
    for (const reason of ['x'.repeat(501), '𝒳'.repeat(501), ' ', '\u3000\t\n\u0085', null, 5]) {
      const body = { doctorId: doctor.id, startsAt: fromNow({ days: 11 }), durationMinutes: 30, reason };
      const answer = await user.send('createAppointment', { body });
      expect(answer).toBeProblem(400, 'validation-failed');
      expect(places(answer)).toEqual(['body /reason']);
    }
  });
});
