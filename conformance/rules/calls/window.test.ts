import { expect } from 'vitest';
import { book, join, on, show } from '../../src/bookings.ts';
import { fromNow, later } from '../../src/instants.ts';
import { rule } from '../../src/rule.ts';

rule('calls/window', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');
  const start = later(fromNow({ hours: 1 }), { ms: 123 });

  test('refuses a join days before and tells when it opens', async () => {
    const startsAt = fromNow({ days: 2 });
    const appointment = await book(user, doctor, { startsAt });
    for (const person of [user, doctor]) {
      const answer = await person.send('joinCall', { path: on(appointment) });
      expect(answer).toBeProblem(409, 'too-early');
      expect(answer.problem.opensAt).toBe(later(startsAt, { minutes: -10 }));
    }
    expect(await show(user, appointment)).toEqual(appointment);
  });

  test('refuses a join of a cancelled one', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    expect((await user.send('cancelAppointment', { path: on(appointment) })).status).toBe(200);
    for (const person of [user, doctor]) {
      expect(await person.send('joinCall', { path: on(appointment) })).toBeProblem(409, 'appointment-cancelled');
    }
  });

  test('is open to both some minutes before the start', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    await join(doctor, appointment);
    await join(user, appointment);
  });

  test('refuses a join after the end as call-over', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 8 }), durationMinutes: 5 });
    await join(user, appointment);
    expect((await doctor.send('endCall', { path: on(appointment) })).status).toBe(200);
    for (const person of [user, doctor]) {
      expect(await person.send('joinCall', { path: on(appointment) })).toBeProblem(409, 'call-over');
    }
  });

  test('opens exactly 10 minutes before startsAt', { needs: ['clock'] }, async () => {
    const opensAt = later(start, { minutes: -10 });
    for (const person of [doctor, user]) {
      const appointment = await book(user, doctor, { startsAt: start, durationMinutes: 5 });
      const early = await person.send('joinCall', { path: on(appointment), now: later(opensAt, { ms: -1 }) });
      expect(early).toBeProblem(409, 'too-early');
      expect(early.problem.opensAt).toBe(opensAt);
      if (person === user) await join(person.at(opensAt), appointment);
      else await user.send('cancelAppointment', { path: on(appointment) });
    }
    const appointment = await book(user, doctor, { startsAt: later(start, { minutes: 5 }), durationMinutes: 5 });
    await join(doctor.at(later(appointment.startsAt, { minutes: -10 })), appointment);
  });

  test('lets a first join in until endsAt', { needs: ['clock'] }, async () => {
    const first = later(start, { hours: 1 });
    const inTime = await book(user, doctor, { startsAt: first, durationMinutes: 5 });
    await join(user.at(later(inTime.endsAt, { ms: -1 })), inTime);
    const missed = await book(user, doctor, { startsAt: later(first, { minutes: 5 }), durationMinutes: 5 });
    for (const person of [user, doctor]) {
      const late = await person.send('joinCall', { path: on(missed), now: missed.endsAt });
      expect(late).toBeProblem(409, 'call-over');
    }
    const muchLater = await user.send('joinCall', { path: on(missed), now: later(missed.endsAt, { hours: 2 }) });
    expect(muchLater).toBeProblem(409, 'call-over');
  });

  test('lets one back in until endsAt + 15 min', { needs: ['clock'] }, async () => {
    const appointment = await book(user, doctor, { startsAt: later(start, { hours: 2 }), durationMinutes: 5 });
    await join(user.at(appointment.startsAt), appointment);
    for (const span of [{}, { minutes: 7 }, { minutes: 15, ms: -1 }]) {
      const now = later(appointment.endsAt, span);
      await join(user.at(now), appointment);
      await join(doctor.at(now), appointment);
    }
    for (const span of [{ minutes: 15 }, { hours: 1 }]) {
      const answer = await user.send('joinCall', { path: on(appointment), now: later(appointment.endsAt, span) });
      expect(answer).toBeProblem(409, 'call-over');
    }
  });

  test('says cancelled from the opening on, for good', { needs: ['clock'] }, async () => {
    const appointment = await book(user, doctor, { startsAt: later(start, { hours: 3 }), durationMinutes: 5 });
    await doctor.send('cancelAppointment', { path: on(appointment) });
    const opensAt = later(appointment.startsAt, { minutes: -10 });
    for (const now of [opensAt, appointment.startsAt, appointment.endsAt, later(appointment.endsAt, { minutes: 15 })]) {
      const answer = await user.send('joinCall', { path: on(appointment), now });
      expect(answer, now).toBeProblem(409, 'appointment-cancelled');
    }
  });

  test('says too-early first, also of one that is cancelled', async () => {
    const startsAt = fromNow({ days: 3 });
    const appointment = await book(user, doctor, { startsAt });
    expect((await user.send('cancelAppointment', { path: on(appointment) })).status).toBe(200);
    for (const person of [user, doctor]) {
      const answer = await person.send('joinCall', { path: on(appointment) });
      expect(answer).toBeProblem(409, 'too-early');
      expect(answer.problem.opensAt).toBe(later(startsAt, { minutes: -10 }));
    }
  });
});
