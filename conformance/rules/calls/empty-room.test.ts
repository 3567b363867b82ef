import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { book, join, on, show } from '../../src/bookings.ts';
import { fromNow, later } from '../../src/instants.ts';
import { rule } from '../../src/rule.ts';
import { joinTwilio, meet, roomOf } from '../../src/twilio-room.ts';

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

  test('lives 5 minutes after the last callback of a leave', { needs: ['emulator'] }, async ({ target }) => {
    const appointment = await bookAt(5);
    const t0 = appointment.startsAt;
    const { room, ofUser } = await meet(target, appointment, doctor.at(t0), user.at(t0));
    await room.connect(user, later(t0, { seconds: 1 }));
    await room.connect(doctor, later(t0, { seconds: 2 }));
    await room.disconnect(doctor, later(t0, { minutes: 6 }));
    const lastLeft = later(t0, { minutes: 20, ms: 7 });
    const alone = await show(doctor.at(lastLeft), appointment);
    expect(alone.call, 'one of two is still there').toMatchObject({ state: 'waiting', roomName: room.name });
    await room.disconnect(user, lastLeft);

    const alive = later(lastLeft, { minutes: 5, ms: -1 });
    expect((await show(doctor.at(alive), appointment)).call).toMatchObject({ state: 'waiting', roomName: room.name });
    expect((await join(user.at(alive), appointment)).roomName).toBe(room.name);
    const gone = later(lastLeft, { minutes: 5 });
    const after = await show(user.at(gone).on(1), appointment);
    expect(after.status).toBe('in_progress');
    expect(after.call).toMatchObject({ state: 'none', roomName: null, startedAt: t0, endedAt: null });
    expect(after.call.participants).toMatchObject([
      { accountId: doctor.id, connected: false, leftAt: later(t0, { minutes: 6 }) },
      { accountId: user.id, connected: false, leftAt: lastLeft },
    ]);

    const renewed = await joinTwilio(doctor.at(gone), appointment);
    expect(renewed.roomName).not.toBe(ofUser.roomName);
    await roomOf(target, renewed);
    const shown = await show(user.at(gone), appointment);
    expect(shown.call).toMatchObject({ state: 'waiting', roomName: renewed.roomName, startedAt: t0 });
  });

  test('lives on when one comes back in the last moment', { needs: ['emulator'] }, async ({ target }) => {
    const appointment = await bookAt(7);
    const t0 = appointment.startsAt;
    const { room } = await meet(target, appointment, doctor.at(t0), user.at(t0));
    await room.connect(user, t0);
    await room.disconnect(user, later(t0, { minutes: 1 }));
    const back = later(t0, { minutes: 6, ms: -1 });
    await room.connect(doctor, back);
    const muchLater = later(t0, { minutes: 40 });
    expect((await show(user.at(muchLater), appointment)).call).toMatchObject({ state: 'waiting', roomName: room.name });
    await room.disconnect(doctor, muchLater);
    const gone = later(muchLater, { minutes: 5 });
    expect((await show(user.at(later(gone, { ms: -1 })), appointment)).call.state).toBe('waiting');
    expect((await show(user.at(gone), appointment)).call.state).toBe('none');
  });

  test('counts from leaveCall, and from an end by Twilio', { needs: ['emulator'] }, async ({ target }) => {
    const appointment = await bookAt(9);
    const t0 = appointment.startsAt;
    const { room, ofUser } = await meet(target, appointment, doctor.at(t0), user.at(t0));
    await room.connect(user, t0);
    await leave(user.at(later(t0, { minutes: 2 })), appointment, ofUser.connectionId);
    const stateAt = async (minutes: number, ms = 0) =>
      (await show(doctor.at(later(t0, { minutes, ms })), appointment)).call.state;
    expect([await stateAt(7, -1), await stateAt(7)]).toEqual(['waiting', 'none']);
    const second = await roomOf(target, await joinTwilio(user.at(later(t0, { minutes: 10 })), appointment));
    await second.connect(user, later(t0, { minutes: 10 }));
    await second.end(later(t0, { minutes: 12 }));
    expect(await stateAt(12), 'at once').toBe('none');
    const third = await joinTwilio(user.at(later(t0, { minutes: 12 })), appointment);
    expect(new Set([ofUser.roomName, second.name, third.roomName]).size).toBe(3);
  });

  test('is discarded by the provider after as long', { needs: ['emulator'] }, async ({ target }) => {
    const startsAt = fromNow({ minutes: 5 });
    const appointment = await book(user, doctor, { startsAt, durationMinutes: 30 });
    const { room } = await meet(target, appointment, doctor, user);
    for (const person of [doctor, user]) await room.connect(person);
    for (const person of [doctor, user]) await room.disconnect(person);
    await room.control.advanceClock({ room: room.sid, ms: 4 * 60_000 });
    expect(await room.status()).toBe('in-progress');
    await room.control.advanceClock({ room: room.sid, ms: 60_000 });
    expect(await room.status()).toBe('completed');
    await room.called();
    const shown = await show(user.at(fromNow({ minutes: 10 })), appointment);
    expect(shown).toMatchObject({ status: 'in_progress', call: { state: 'none' } });
  });
});
