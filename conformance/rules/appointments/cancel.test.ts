import { expect } from 'vitest';
import { book, join, on, show } from '../../src/bookings.ts';
import type { Answer } from '../../src/driver/answer.ts';
import { fromNow, later } from '../../src/instants.ts';
import { rule } from '../../src/rule.ts';

function places(answer: Answer): string[] {
  return [...new Set(answer.problem.errors.map((error) => `${error.in} ${error.pointer}`))].sort();
}

rule('appointments/cancel', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');

  test('lets the user cancel and records when, who and why', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 1 }), reason: 'a rash' });
    const earliest = new Date(Date.now() - 60_000).toISOString();
    const answer = await user.send('cancelAppointment', {
      path: on(appointment),
      body: { reason: 'I have a cold 🤧' },
    });
    expect(answer.status).toBe(200);
    const { cancelledAt } = answer.body;
    expect(answer.body).toEqual({
      ...appointment,
      status: 'cancelled',
      cancelledAt,
      cancelledBy: user.id,
      cancelReason: 'I have a cold 🤧',
    });
    expect(cancelledAt && cancelledAt > earliest && cancelledAt >= appointment.createdAt).toBe(true);
    expect(await show(doctor.on(1), appointment)).toEqual(answer.body);
  });

  test('lets the doctor cancel, without a body', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 2 }) });
    const answer = await doctor.send('cancelAppointment', { path: on(appointment) });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ status: 'cancelled', cancelledBy: doctor.id, cancelReason: null });
  });

  test('takes no reason, an empty one and one of 500 code points', async () => {
    const startsAt = fromNow({ days: 3 });
    const bodies: [body: object, cancelReason: string | null][] = [
      [{}, null],
      [{ reason: '' }, ''],
      [{ reason: '𝒳'.repeat(500) }, '𝒳'.repeat(500)],
    ];
    for (const [body, cancelReason] of bodies) {
      const appointment = await book(user, doctor, { startsAt });
      const answer = await doctor.send('cancelAppointment', { path: on(appointment), body });
      expect(answer.status).toBe(200);
      expect(answer.body.cancelReason).toBe(cancelReason);
    }
  });

  test('takes an empty body for none, whatever media type it names', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 4 }) });
    const answer = await user.send('cancelAppointment', { path: on(appointment), rawBody: '' });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body.cancelReason).toBeNull();
  });

  test('refuses a longer reason, null and anything else', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 5 }) });
    const path = on(appointment);
    for (const reason of ['𝒳'.repeat(501), ' \u2003\n', null, 5]) {
      const answer = await user.send('cancelAppointment', { path, body: { reason } });
      expect(answer).toBeProblem(400, 'validation-failed');
      expect(places(answer)).toEqual(['body /reason']);
    }
    const unknown = await user.send('cancelAppointment', { path, body: { reason: 'ill', cancelledBy: doctor.id } });
    expect(unknown).toBeProblem(400, 'validation-failed');
    expect(places(unknown)).toEqual(['body /cancelledBy']);
    expect(await show(user, appointment)).toEqual(appointment);
  });

  test('refuses a second cancel, whoever asks', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 6 }) });
    const first = await user.send('cancelAppointment', { path: on(appointment), body: { reason: 'first' } });
    for (const person of [user, doctor]) {
      const again = await person.send('cancelAppointment', {
        path: on(appointment),
        body: { reason: 'second' },
        replica: 1,
      });
      expect(again).toBeProblem(409, 'invalid-transition');
    }
    expect(await show(user, appointment)).toEqual(first.body);
  });

  test('refuses a cancel once somebody joined, and once it ended', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 3 }), durationMinutes: 5 });
    const path = on(appointment);
    await join(user, appointment);
    expect(await doctor.send('cancelAppointment', { path })).toBeProblem(409, 'invalid-transition');
    expect(await user.send('cancelAppointment', { path })).toBeProblem(409, 'invalid-transition');
    expect((await show(user, appointment)).status).toBe('in_progress');
    expect((await doctor.send('endCall', { path })).status).toBe(200);
    expect(await doctor.send('cancelAppointment', { path })).toBeProblem(409, 'invalid-transition');
    expect(await show(user, appointment)).toMatchObject({ status: 'completed', cancelledAt: null, cancelledBy: null });
  });

  test('allows a cancel until endsAt, to the millisecond', { needs: ['clock'] }, async () => {
    const startsAt = later(fromNow({ hours: 2 }), { ms: 250 });
    const atStart = await book(user, doctor, { startsAt, durationMinutes: 10 });
    const cancelled = await user.send('cancelAppointment', { path: on(atStart), now: startsAt });
    expect(cancelled.status).toBe(200);
    expect(cancelled.body.cancelledAt).toBe(startsAt);

    const lastMoment = await book(user, doctor, { startsAt, durationMinutes: 10 });
    const now = later(lastMoment.endsAt, { ms: -1 });
    const last = await doctor.send('cancelAppointment', { path: on(lastMoment), now });
    expect(last.status).toBe(200);
    expect(last.body.cancelledAt).toBe(now);

    const tooLate = await book(user, doctor, { startsAt, durationMinutes: 10 });
    for (const moment of [tooLate.endsAt, later(tooLate.endsAt, { hours: 3 })]) {
      const refused = await user.send('cancelAppointment', { path: on(tooLate), now: moment });
      expect(refused, moment).toBeProblem(409, 'invalid-transition');
    }
    expect((await show(user.at(tooLate.endsAt), tooLate)).status).toBe('missed');
  });

  test('refuses a cancel of what time completed', { needs: ['clock'] }, async () => {
    const startsAt = fromNow({ hours: 4 });
    const appointment = await book(user, doctor, { startsAt });
    await join(doctor.at(startsAt), appointment);
    const now = later(appointment.endsAt, { minutes: 15 });
    const answer = await user.send('cancelAppointment', { path: on(appointment), now });
    expect(answer).toBeProblem(409, 'invalid-transition');
    expect((await show(user.at(now), appointment)).status).toBe('completed');
  });
});
