import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { type Appointment, book, join, on, show } from '../../src/bookings.ts';
import { fromNow, later, type Span } from '../../src/instants.ts';
import { rule } from '../../src/rule.ts';
import { joinTwilio, roomOf } from '../../src/twilio-room.ts';

const NONE = { state: 'none', roomName: null, participants: [], startedAt: null, endedAt: null };

rule('calls/state', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');
  const start = later(fromNow({ hours: 1 }), { ms: 654 });
  const bookAt = (hours: number) => book(user, doctor, { startsAt: later(start, { hours }), durationMinutes: 30 });

  async function leave(person: Person, appointment: Appointment, connectionId: string): Promise<void> {
    expect((await person.send('leaveCall', { path: on(appointment), body: { connectionId } })).status).toBe(204);
  }

  test('is none when nobody joined, and when cancelled', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 1 }) });
    expect(appointment.call).toEqual(NONE);
    const cancelled = await user.send('cancelAppointment', { path: on(appointment) });
    expect(cancelled.body.call).toEqual(NONE);
  });

  test('goes from none to waiting, active and ended', { needs: ['peer'] }, async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    const { roomName } = await join(user, appointment);
    const waiting = (await show(doctor, appointment)).call;
    expect(waiting).toMatchObject({ state: 'waiting', roomName, endedAt: null });
    expect(waiting.participants).toEqual([
      { accountId: user.id, connected: true, joinedAt: waiting.startedAt, leftAt: null },
    ]);
    await join(doctor, appointment);
    const active = (await show(user.on(1), appointment)).call;
    expect(active).toMatchObject({ state: 'active', roomName, startedAt: waiting.startedAt, endedAt: null });
    expect(active.participants.map((one) => [one.accountId, one.connected, one.leftAt])).toEqual([
      [doctor.id, true, null],
      [user.id, true, null],
    ]);
    const ended = (await doctor.send('endCall', { path: on(appointment) })).body.call;
    expect(ended).toMatchObject({ state: 'ended', roomName: null, startedAt: waiting.startedAt });
    expect(ended.endedAt && ended.endedAt >= (active.participants[0]?.joinedAt ?? '')).toBe(true);
  });

  test('shows each step with its instants, the doctor first', { needs: ['clock', 'peer'] }, async () => {
    const appointment = await bookAt(0);
    const at = (span: Span) => later(appointment.startsAt, span);
    const callAt = async (span: Span) => (await show(doctor.at(at(span)), appointment)).call;
    const ofUser = await join(user.at(at({ minutes: -3 })), appointment);
    const { roomName } = ofUser;
    const userWaiting = { accountId: user.id, connected: true, joinedAt: at({ minutes: -3 }), leftAt: null };
    expect(await callAt({ minutes: -3 })).toEqual({
      state: 'waiting',
      roomName,
      participants: [userWaiting],
      startedAt: at({ minutes: -3 }),
      endedAt: null,
    });
    const joined = { minutes: -3, seconds: 12 };
    const ofDoctor = await join(doctor.at(at(joined)), appointment);
    const doctorThere = { accountId: doctor.id, connected: true, joinedAt: at(joined), leftAt: null };
    const active = { state: 'active', roomName, startedAt: at({ minutes: -3 }), endedAt: null };
    expect(await callAt(joined)).toEqual({ ...active, participants: [doctorThere, userWaiting] });

    const left = { minutes: -3, seconds: 14 };
    await leave(user.at(at(left)), appointment, ofUser.connectionId);
    const userGone = { ...userWaiting, connected: false, leftAt: at(left) };
    expect(await callAt(left)).toEqual({ ...active, state: 'waiting', participants: [doctorThere, userGone] });

    const emptied = { minutes: -3, seconds: 16 };
    await leave(doctor.at(at(emptied)), appointment, ofDoctor.connectionId);
    const doctorGone = { ...doctorThere, connected: false, leftAt: at(emptied) };
    expect(await callAt(emptied)).toEqual({ ...active, state: 'waiting', participants: [doctorGone, userGone] });
    const discarded = { minutes: 2, seconds: 16 };
    const none = { ...active, state: 'none', roomName: null, participants: [doctorGone, userGone] };
    expect(await callAt(discarded)).toEqual(none);
    expect((await show(user.at(at(discarded)), appointment)).status).toBe('in_progress');
  });

  test('clears leftAt and keeps joinedAt when one comes back', { needs: ['clock', 'peer'] }, async () => {
    const appointment = await bookAt(1);
    const t0 = appointment.startsAt;
    const { connectionId } = await join(user.at(t0), appointment);
    await leave(user.at(later(t0, { seconds: 5 })), appointment, connectionId);
    const back = later(t0, { seconds: 10 });
    await join(user.at(back), appointment);
    const shown = await show(doctor.at(back), appointment);
    expect(shown.call.participants).toEqual([{ accountId: user.id, connected: true, joinedAt: t0, leftAt: null }]);
    expect(shown.call.startedAt).toBe(t0);
  });

  test('is ended by time at endsAt + 15 min', { needs: ['clock', 'peer'] }, async () => {
    const appointment = await bookAt(2);
    await join(doctor.at(appointment.startsAt), appointment);
    const last = later(appointment.endsAt, { minutes: 15, ms: -1 });
    const again = await join(user.at(last), appointment);
    const running = (await show(user.at(last), appointment)).call;
    expect(running).toMatchObject({ state: 'waiting', roomName: again.roomName, endedAt: null });
    const over = later(last, { ms: 1 });
    for (const now of [over, later(over, { hours: 2 })]) {
      const { call } = await show(user.at(now), appointment);
      expect(call).toMatchObject({ state: 'ended', roomName: null, startedAt: appointment.startsAt, endedAt: over });
      expect(call.participants.map((one) => [one.accountId, one.connected])).toEqual([
        [doctor.id, false],
        [user.id, false],
      ]);
    }
  });

  test('stays ended at the instant of endCall', { needs: ['clock'] }, async () => {
    const appointment = await bookAt(3);
    await join(doctor.at(appointment.startsAt), appointment);
    const now = later(appointment.startsAt, { minutes: 3 });
    const ended = (await doctor.send('endCall', { path: on(appointment), now })).body.call;
    expect(ended).toMatchObject({ state: 'ended', roomName: null, startedAt: appointment.startsAt, endedAt: now });
    const muchLater = await show(user.at(later(appointment.endsAt, { hours: 1 })), appointment);
    expect(muchLater.call).toEqual(ended);
  });

  test('is none of a missed appointment', { needs: ['clock'] }, async () => {
    const appointment = await bookAt(4);
    for (const span of [{}, { minutes: 15 }, { hours: 1 }]) {
      const missed = await show(user.at(later(appointment.endsAt, span)), appointment);
      expect([missed.status, missed.call]).toEqual(['missed', NONE]);
    }
  });

  test('goes by the callbacks of twilio', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const appointment = await bookAt(5);
    const at = (seconds: number) => later(appointment.startsAt, { seconds });
    const callAt = async (seconds: number) => (await show(doctor.at(at(seconds)), appointment)).call;
    const ofUser = { accountId: user.id, connected: false, joinedAt: at(0), leftAt: null };
    const ofDoctor = { accountId: doctor.id, connected: false, joinedAt: at(5), leftAt: null };
    const { roomName } = await joinTwilio(user.at(at(0)), appointment);
    const waiting = { state: 'waiting', roomName, startedAt: at(0), endedAt: null };
    expect(await callAt(0)).toEqual({ ...waiting, participants: [ofUser] });
    await joinTwilio(doctor.at(at(5)), appointment);
    expect(await callAt(5)).toEqual({ ...waiting, participants: [ofDoctor, ofUser] });
    const room = await roomOf(target, { roomName });
    await room.connect(doctor, at(7));
    expect(await callAt(7)).toEqual({ ...waiting, participants: [{ ...ofDoctor, connected: true }, ofUser] });
    await room.connect(user, at(8));
    const both = [ofDoctor, ofUser].map((one) => ({ ...one, connected: true }));
    expect(await callAt(8)).toEqual({ ...waiting, state: 'active', participants: both });
    await room.disconnect(doctor, at(60));
    const left = [{ ...ofDoctor, leftAt: at(60) }, both[1]];
    expect(await callAt(60)).toEqual({ ...waiting, participants: left });
    await room.connect(doctor, at(70));
    expect(await callAt(70), 'joinedAt stays, leftAt is gone').toEqual({
      ...waiting,
      state: 'active',
      participants: both,
    });
    await room.disconnect(user, at(80));
    const over = later(appointment.endsAt, { minutes: 15 });
    const { call } = await show(user.at(over), appointment);
    expect(call, 'time ends it').toEqual({
      state: 'ended',
      roomName: null,
      participants: [
        { ...ofDoctor, leftAt: over },
        { ...ofUser, leftAt: at(80) },
      ],
      startedAt: at(0),
      endedAt: over,
    });
  });
});
