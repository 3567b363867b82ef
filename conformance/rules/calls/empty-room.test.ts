import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { book, join, on, show } from '../../src/bookings.ts';
import { fromNow, later } from '../../src/instants.ts';
import { rule } from '../../src/rule.ts';

rule('calls/empty-room', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');
  const start = later(fromNow({ hours: 1 }), { ms: 321 });
  const bookAt = (hours: number) => book(user, doctor, { startsAt: later(start, { hours }), durationMinutes: 60 });

  async function leave(person: Person, appointment: { id: string }, connectionId: string): Promise<void> {
    const answer = await person.send('leaveCall', { path: on(appointment), body: { connectionId } });
    expect(answer.status).toBe(204);
  }

  test('lives until 5 minutes after the last one left', { needs: ['peer'] }, async () => {
    const appointment = await bookAt(0);
    const t0 = appointment.startsAt;
    const [ofUser, ofDoctor] = [await join(user.at(t0), appointment), await join(doctor.at(t0), appointment)];
    await leave(doctor.at(later(t0, { seconds: 5 })), appointment, ofDoctor.connectionId);
    const lastLeft = later(t0, { seconds: 19 });
    await leave(user.at(lastLeft), appointment, ofUser.connectionId);

    const alive = later(lastLeft, { minutes: 5, ms: -1 });
    const before = await show(doctor.at(alive), appointment);
    expect(before.call).toMatchObject({ state: 'waiting', roomName: ofUser.roomName });
    const gone = later(lastLeft, { minutes: 5 });
    const after = await show(user.at(gone).on(1), appointment);
    expect(after.status).toBe('in_progress');
    expect(after.call).toMatchObject({ state: 'none', roomName: null, startedAt: t0, endedAt: null });
    expect(after.call.participants.map((one) => [one.accountId, one.connected])).toEqual([
      [doctor.id, false],
      [user.id, false],
    ]);

    const renewed = await join(doctor.at(gone), appointment);
    expect(renewed.roomName).not.toBe(ofUser.roomName);
    const inNewRoom = await show(user.at(gone), appointment);
    expect(inNewRoom.call).toMatchObject({ state: 'waiting', roomName: renewed.roomName, startedAt: t0 });
    expect((await join(user.at(gone), appointment)).roomName).toBe(renewed.roomName);
  });

  test('gives the same room to a join in the last millisecond', { needs: ['peer'] }, async () => {
    const appointment = await bookAt(1);
    const t0 = appointment.startsAt;
    const first = await join(user.at(t0), appointment);
    await leave(user.at(t0), appointment, first.connectionId);
    const lastMoment = later(t0, { minutes: 5, ms: -1 });
    const second = await join(doctor.at(lastMoment), appointment);
    expect(second.roomName).toBe(first.roomName);
    await leave(doctor.at(lastMoment), appointment, second.connectionId);
    const third = await join(user.at(later(lastMoment, { minutes: 5, ms: -1 })), appointment);
    expect(third.roomName).toBe(first.roomName);
  });

  test('counts a lapse from the last sign of life', { needs: ['peer'] }, async () => {
    const appointment = await bookAt(2);
    const t0 = appointment.startsAt;
    const grant = await join(user.at(t0), appointment);
    const last = later(t0, { seconds: 10 });
    const body = { connectionId: grant.connectionId };
    expect((await user.send('keepPresence', { path: on(appointment), body, now: last })).status).toBe(204);
    const alive = await show(user.at(later(last, { minutes: 5, ms: -1 })), appointment);
    expect(alive.call).toMatchObject({ state: 'waiting', roomName: grant.roomName });
    const gone = later(last, { minutes: 5 });
    expect((await show(user.at(gone), appointment)).call).toMatchObject({ state: 'none', roomName: null });
    expect((await join(user.at(gone), appointment)).roomName).not.toBe(grant.roomName);
  });

  test('is not discarded while one of two is there', { needs: ['peer'] }, async () => {
    const appointment = await bookAt(3);
    const t0 = appointment.startsAt;
    const [ofUser, ofDoctor] = [await join(user.at(t0), appointment), await join(doctor.at(t0), appointment)];
    await leave(doctor.at(t0), appointment, ofDoctor.connectionId);
    const body = { connectionId: ofUser.connectionId };
    for (let seconds = 15; seconds <= 330; seconds += 15) {
      const beat = await user.send('keepPresence', { path: on(appointment), body, now: later(t0, { seconds }) });
      expect(beat.status).toBe(204);
    }
    const now = later(t0, { seconds: 335 });
    expect((await show(doctor.at(now), appointment)).call).toMatchObject({
      state: 'waiting',
      roomName: ofUser.roomName,
    });
    expect((await join(doctor.at(now), appointment)).roomName).toBe(ofUser.roomName);
  });

  test('never gives a name twice, and ends no appointment', { needs: ['peer'] }, async () => {
    const appointment = await bookAt(4);
    const names = new Set<string>();
    for (let round = 0; round < 5; round += 1) {
      const now = later(appointment.startsAt, { minutes: 5 * round });
      const grant = await join((round % 2 === 0 ? user : doctor).at(now), appointment);
      expect(names).not.toContain(grant.roomName);
      names.add(grant.roomName);
      await leave((round % 2 === 0 ? user : doctor).at(now), appointment, grant.connectionId);
    }
    const end = await show(doctor.at(later(appointment.startsAt, { minutes: 25 })), appointment);
    expect(end.status).toBe('in_progress');
    expect(end.call).toMatchObject({ state: 'none', roomName: null, startedAt: appointment.startsAt });
  });
});
