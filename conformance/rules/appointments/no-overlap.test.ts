import { expect } from 'vitest';
import { book, join, on } from '../../src/bookings.ts';
import { fromNow, later, type Span } from '../../src/instants.ts';
import { rule } from '../../src/rule.ts';

const day = fromNow({ days: 20 });

/** Beginning (after the taken one's, which has 30 minutes) and minutes of what would overlap it. */
const OVERLAPPING: [what: string, begins: Span, durationMinutes: number][] = [
  ['the same span', {}, 30],
  ['inside', { minutes: 10 }, 10],
  ['inside, from the start', {}, 5],
  ['inside, to the end', { minutes: 25 }, 5],
  ['around', { minutes: -30 }, 120],
  ['around, from the start', {}, 45],
  ['around, to the end', { minutes: -15 }, 45],
  ['over the start', { minutes: -20 }, 30],
  ['over the end', { minutes: 20 }, 30],
  ['a millisecond over the start', { minutes: -30, ms: 1 }, 30],
  ['a millisecond over the end', { minutes: 30, ms: -1 }, 30],
];

rule('appointments/no-overlap', ({ test, people }) => {
  const [doctor, colleague, user, other] = people('doctor', 'doctor', 'user', 'user');

  test('refuses whatever overlaps an appointment of the same doctor', async () => {
    await book(user, doctor, { startsAt: day });
    for (const [what, begins, durationMinutes] of OVERLAPPING) {
      const body = { doctorId: doctor.id, startsAt: later(day, begins), durationMinutes };
      expect(await other.send('createAppointment', { body }), what).toBeProblem(409, 'slot-taken');
    }
    const byDoctor = { userId: other.id, startsAt: later(day, { minutes: 15 }), durationMinutes: 30 };
    expect(await doctor.send('createAppointment', { body: byDoctor })).toBeProblem(409, 'slot-taken');
  });

  test('refuses whatever overlaps an appointment of the same user', async () => {
    const start = later(day, { hours: 24 });
    await book(user, doctor, { startsAt: start });
    for (const [what, begins, durationMinutes] of OVERLAPPING) {
      const body = { doctorId: colleague.id, startsAt: later(start, begins), durationMinutes };
      expect(await user.send('createAppointment', { body }), what).toBeProblem(409, 'slot-taken');
    }
    const byDoctor = { userId: user.id, startsAt: later(start, { minutes: 15 }), durationMinutes: 30 };
    expect(await colleague.send('createAppointment', { body: byDoctor })).toBeProblem(409, 'slot-taken');
  });

  test('refuses a second one of the same two people', async () => {
    const start = later(day, { hours: 48 });
    await book(user, doctor, { startsAt: start });
    const byUser = { doctorId: doctor.id, startsAt: start, durationMinutes: 30 };
    expect(await user.send('createAppointment', { body: byUser })).toBeProblem(409, 'slot-taken');
    const byDoctor = { userId: user.id, startsAt: start, durationMinutes: 30 };
    expect(await doctor.send('createAppointment', { body: byDoctor })).toBeProblem(409, 'slot-taken');
  });

  test('allows back to back, to the millisecond, before and after', async () => {
    const start = later(day, { hours: 72, ms: 7 });
    const taken = await book(user, doctor, { startsAt: start });
    for (const startsAt of [taken.endsAt, later(start, { minutes: -30 })]) await book(other, doctor, { startsAt });
    for (const startsAt of [taken.endsAt, later(start, { minutes: -30 })]) await book(user, colleague, { startsAt });
  });

  test('lets other people meet at the same time', async () => {
    const startsAt = later(day, { hours: 96 });
    await book(user, doctor, { startsAt });
    await book(other, colleague, { startsAt });
  });

  test('gives the time free that is cancelled, as often as it is', async () => {
    const startsAt = later(day, { hours: 120 });
    for (const booker of [user, other, user]) {
      const appointment = await book(booker, doctor, { startsAt });
      expect((await doctor.send('cancelAppointment', { path: on(appointment) })).status).toBe(200);
    }
    await book(other, doctor, { startsAt });
    const again = { doctorId: doctor.id, startsAt, durationMinutes: 30 };
    expect(await user.send('createAppointment', { body: again })).toBeProblem(409, 'slot-taken');
    await book(user, colleague, { startsAt });
  });

  test('keeps the time taken of a call that is running or ended early', async () => {
    const startsAt = fromNow({ minutes: 3 });
    const appointment = await book(user, doctor, { startsAt, durationMinutes: 60 });
    await join(doctor, appointment);
    const byOther = { doctorId: doctor.id, startsAt: later(startsAt, { minutes: 30 }), durationMinutes: 30 };
    const byUser = { doctorId: colleague.id, startsAt: later(startsAt, { minutes: 55 }), durationMinutes: 5 };
    expect(await other.send('createAppointment', { body: byOther })).toBeProblem(409, 'slot-taken');
    const ended = await doctor.send('endCall', { path: on(appointment) });
    expect(ended.body.status).toBe('completed');
    expect(await other.send('createAppointment', { body: byOther })).toBeProblem(409, 'slot-taken');
    expect(await user.send('createAppointment', { body: byUser })).toBeProblem(409, 'slot-taken');
    await book(other, doctor, { startsAt: appointment.endsAt, durationMinutes: 5 });
  });

  test('keeps the time taken that is running on after a missed start', { needs: ['clock'] }, async () => {
    const startsAt = fromNow({ hours: 3 });
    await book(user, doctor, { startsAt });
    const now = later(startsAt, { minutes: 10 });
    const body = { doctorId: doctor.id, durationMinutes: 10 };
    const inside = await other.send('createAppointment', {
      body: { ...body, startsAt: later(startsAt, { minutes: 29 }) },
      now,
    });
    expect(inside).toBeProblem(409, 'slot-taken');
    const after = await other.send('createAppointment', {
      body: { ...body, startsAt: later(startsAt, { minutes: 30 }) },
      now,
    });
    expect(after.status).toBe(201);
  });

  test('does not tell whose appointment takes the time', async () => {
    const startsAt = later(day, { hours: 144 });
    await book(user, doctor, { startsAt });
    const ofTheDoctor = await other.send('createAppointment', {
      body: { doctorId: doctor.id, startsAt, durationMinutes: 30 },
    });
    const ofTheUser = await user.send('createAppointment', {
      body: { doctorId: colleague.id, startsAt, durationMinutes: 30 },
    });
    expect(ofTheDoctor).toBeProblem(409, 'slot-taken');
    expect({ ...ofTheDoctor.problem, requestId: '' }).toEqual({ ...ofTheUser.problem, requestId: '' });
  });
});
