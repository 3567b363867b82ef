import { expect } from 'vitest';
import { book, join, show } from '../../src/bookings.ts';
import { fromNow, later } from '../../src/instants.ts';
import { rule } from '../../src/rule.ts';
import { joinTwilio, roomOf } from '../../src/twilio-room.ts';

rule('calls/unused-room', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');
  const start = later(fromNow({ hours: 1 }), { ms: 432 });
  const bookAt = (hours: number) => book(user, doctor, { startsAt: later(start, { hours }), durationMinutes: 60 });

  test('is discarded when 5 minutes have passed, to the millisecond', async () => {
    const appointment = await bookAt(0);
    const t0 = later(appointment.startsAt, { minutes: -7 });
    const { roomName } = await join(user.at(t0), appointment);
    const participants = [{ accountId: user.id, connected: false, joinedAt: t0, leftAt: null }];
    for (const span of [{}, { minutes: 5, ms: -1 }]) {
      const { call } = await show(doctor.at(later(t0, span)), appointment);
      expect(call).toEqual({ state: 'waiting', roomName, participants, startedAt: t0, endedAt: null });
    }
    for (const [replica, span] of [{ minutes: 5 }, { minutes: 50 }].entries()) {
      const shown = await show(user.at(later(t0, span)).on(replica), appointment);
      expect(shown.status, 'it ends no appointment').toBe('in_progress');
      expect(shown.call).toEqual({ state: 'none', roomName: null, participants, startedAt: t0, endedAt: null });
    }
  });

  test('counts from its creation, whoever joins again', async () => {
    const appointment = await bookAt(2);
    const t0 = appointment.startsAt;
    const { roomName } = await join(doctor.at(t0), appointment);
    const last = later(t0, { minutes: 5, ms: -1 });
    expect((await join(user.at(last), appointment)).roomName).toBe(roomName);
    expect((await join(doctor.at(last), appointment)).roomName).toBe(roomName);
    const gone = later(t0, { minutes: 5 });
    expect((await show(user.at(gone), appointment)).call).toMatchObject({ state: 'none', roomName: null });
  });

  test('is followed by a new one with a new name', { needs: ['emulator'] }, async ({ target }) => {
    const appointment = await bookAt(4);
    const names = new Set<string>();
    for (let round = 0; round < 4; round += 1) {
      const now = later(appointment.startsAt, { minutes: 5 * round });
      const grant = await joinTwilio((round % 2 === 0 ? user : doctor).at(now), appointment);
      expect(names).not.toContain(grant.roomName);
      names.add(grant.roomName);
      await roomOf(target, grant);
      const shown = await show(user.at(now).on(round), appointment);
      expect(shown.call).toMatchObject({ roomName: grant.roomName, startedAt: appointment.startsAt });
      const other = await join((round % 2 === 0 ? doctor : user).at(now), appointment);
      expect(other.roomName).toBe(grant.roomName);
    }
  });

  test('is kept once somebody connected in time', { needs: ['emulator'] }, async ({ target }) => {
    const appointment = await bookAt(6);
    const t0 = appointment.startsAt;
    const grant = await joinTwilio(user.at(t0), appointment);
    const room = await roomOf(target, grant);
    const connectedAt = later(t0, { minutes: 5, ms: -1 });
    await room.connect(user, connectedAt);
    for (const minutes of [5, 6, 59]) {
      const shown = await show(doctor.at(later(t0, { minutes })), appointment);
      expect(shown.call).toMatchObject({ state: 'waiting', roomName: grant.roomName });
      expect(shown.call.participants).toMatchObject([{ accountId: user.id, connected: true, leftAt: null }]);
    }
  });

  test('stays discarded when somebody connects too late', { needs: ['emulator'] }, async ({ target }) => {
    const appointment = await bookAt(8);
    const t0 = appointment.startsAt;
    const room = await roomOf(target, await joinTwilio(user.at(t0), appointment));
    const gone = later(t0, { minutes: 5 });
    const before = await show(doctor.at(gone), appointment);
    await room.connect(user, gone);
    expect(await show(doctor.at(gone), appointment)).toEqual(before);
    expect(before.call).toMatchObject({ state: 'none', roomName: null });
  });

  test('is discarded by the provider after as long', { needs: ['emulator'] }, async ({ target }) => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 5 }), durationMinutes: 30 });
    const grant = await joinTwilio(user, appointment);
    const room = await roomOf(target, grant);
    await room.control.advanceClock({ room: room.sid, ms: 4 * 60_000 });
    expect(await room.status()).toBe('in-progress');
    await room.control.advanceClock({ room: room.sid, ms: 60_000 });
    expect(await room.status()).toBe('completed');
    await room.called();
    const muchLater = user.at(fromNow({ minutes: 10 }));
    expect(await show(muchLater, appointment)).toMatchObject({ status: 'in_progress', call: { state: 'none' } });
    const second = await joinTwilio(muchLater, appointment);
    expect(second.roomName).not.toBe(grant.roomName);
  });
});
