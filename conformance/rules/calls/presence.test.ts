import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { type Appointment, book, join, on, show } from '../../src/bookings.ts';
import type { Answer } from '../../src/driver/answer.ts';
import { fromNow, later } from '../../src/instants.ts';
import { rule } from '../../src/rule.ts';
import { meet } from '../../src/twilio-room.ts';

rule('calls/presence', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');
  const start = later(fromNow({ hours: 1 }), { ms: 456 });
  const bookAt = (hours: number) => book(user, doctor, { startsAt: later(start, { hours }), durationMinutes: 30 });

  function beat(person: Person, appointment: Appointment, connectionId: string): Promise<Answer> {
    return person.send('keepPresence', { path: on(appointment), body: { connectionId } });
  }

  async function userAt(now: string, appointment: Appointment): Promise<{ connected: boolean; leftAt: string | null }> {
    const [one, other] = [await show(user.at(now), appointment), await show(doctor.at(now).on(1), appointment)];
    expect(other).toEqual(one);
    const { connected, leftAt } = one.call.participants.find((participant) => participant.accountId === user.id) ?? {};
    return { connected: connected ?? false, leftAt: leftAt ?? null };
  }

  test('begins with the join and is kept by heartbeats', { needs: ['peer'] }, async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    const { connectionId } = await join(user, appointment);
    expect((await show(doctor, appointment)).call.participants).toMatchObject([
      { accountId: user.id, connected: true, leftAt: null },
    ]);
    const kept = await beat(user.on(1), appointment, connectionId.toUpperCase());
    expect(kept.status).toBe(204);
    expect(kept.bytes).toHaveLength(0);
  });

  test('is not-joined before a join, after leave and for others', { needs: ['peer'] }, async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 8 }), durationMinutes: 5 });
    expect(await beat(user, appointment, randomUUID())).toBeProblem(409, 'not-joined');
    const [ofUser, ofDoctor] = [await join(user, appointment), await join(doctor, appointment)];
    expect(await beat(user, appointment, randomUUID())).toBeProblem(409, 'not-joined');
    expect(await beat(user, appointment, ofDoctor.connectionId)).toBeProblem(409, 'not-joined');
    expect(await beat(doctor, appointment, ofUser.connectionId)).toBeProblem(409, 'not-joined');
    const left = await user.send('leaveCall', { path: on(appointment), body: { connectionId: ofUser.connectionId } });
    expect(left.status).toBe(204);
    expect(await beat(user, appointment, ofUser.connectionId)).toBeProblem(409, 'not-joined');
    expect((await show(doctor, appointment)).call.state).toBe('waiting');
    expect((await doctor.send('endCall', { path: on(appointment) })).status).toBe(200);
    for (const connectionId of [ofDoctor.connectionId, randomUUID()]) {
      expect(await beat(doctor, appointment, connectionId)).toBeProblem(409, 'call-over');
    }
  });

  test('is not-joined in a cancelled appointment', { needs: ['peer'] }, async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 1 }) });
    await user.send('cancelAppointment', { path: on(appointment) });
    expect(await beat(user, appointment, randomUUID())).toBeProblem(409, 'not-joined');
  });

  test('lapses 20 s after the join, as of the join', { needs: ['clock', 'peer'] }, async () => {
    const appointment = await bookAt(0);
    const t0 = later(appointment.startsAt, { minutes: -2 });
    await join(user.at(t0), appointment);
    expect(await userAt(later(t0, { seconds: 20, ms: -1 }), appointment)).toEqual({ connected: true, leftAt: null });
    expect(await userAt(later(t0, { seconds: 20 }), appointment)).toEqual({ connected: false, leftAt: t0 });
    expect(await userAt(later(t0, { minutes: 4 }), appointment)).toEqual({ connected: false, leftAt: t0 });
  });

  test('lapses 20 s after the last heartbeat, as of that one', { needs: ['clock', 'peer'] }, async () => {
    const appointment = await bookAt(1);
    const t0 = appointment.startsAt;
    const { connectionId } = await join(user.at(t0), appointment);
    for (const seconds of [10, 20, 39]) {
      expect((await beat(user.at(later(t0, { seconds })), appointment, connectionId)).status).toBe(204);
    }
    const last = later(t0, { seconds: 39 });
    expect(await userAt(later(last, { seconds: 20, ms: -1 }), appointment)).toEqual({ connected: true, leftAt: null });
    expect(await userAt(later(last, { seconds: 20 }), appointment)).toEqual({ connected: false, leftAt: last });
  });

  test('is not moved back by a heartbeat of an earlier instant', { needs: ['clock', 'peer'] }, async () => {
    const appointment = await bookAt(10);
    const t0 = appointment.startsAt;
    const { connectionId } = await join(user.at(t0), appointment);
    for (const seconds of [15, 5]) {
      expect((await beat(user.at(later(t0, { seconds })), appointment, connectionId)).status).toBe(204);
    }
    const last = later(t0, { seconds: 15 });
    expect(await userAt(later(last, { seconds: 20, ms: -1 }), appointment)).toEqual({ connected: true, leftAt: null });
    expect(await userAt(later(last, { seconds: 20 }), appointment)).toEqual({ connected: false, leftAt: last });
  });

  test('lapses for each on their own', { needs: ['clock', 'peer'] }, async () => {
    const appointment = await bookAt(2);
    const t0 = appointment.startsAt;
    const [, ofDoctor] = [await join(user.at(t0), appointment), await join(doctor.at(t0), appointment)];
    expect((await beat(doctor.at(later(t0, { seconds: 10 })), appointment, ofDoctor.connectionId)).status).toBe(204);
    const stateAt = async (span: { seconds: number; ms?: number }) =>
      (await show(user.at(later(t0, span)), appointment)).call;
    expect((await stateAt({ seconds: 20, ms: -1 })).state).toBe('active');
    const one = await stateAt({ seconds: 20 });
    expect(one.state).toBe('waiting');
    expect(one.participants).toMatchObject([
      { accountId: doctor.id, connected: true, leftAt: null },
      { accountId: user.id, connected: false, leftAt: t0 },
    ]);
    expect((await stateAt({ seconds: 30, ms: -1 })).participants[0]?.connected).toBe(true);
    expect((await stateAt({ seconds: 30 })).participants[0]).toMatchObject({
      connected: false,
      leftAt: later(t0, { seconds: 10 }),
    });
  });

  test('comes back by a heartbeat while the room lives', { needs: ['clock', 'peer'] }, async () => {
    const appointment = await bookAt(3);
    const t0 = appointment.startsAt;
    const { connectionId, roomName } = await join(user.at(t0), appointment);
    const back = later(t0, { minutes: 5, ms: -1 });
    expect(await userAt(back, appointment)).toEqual({ connected: false, leftAt: t0 });
    expect((await beat(user.at(back), appointment, connectionId)).status).toBe(204);
    expect(await userAt(back, appointment)).toEqual({ connected: true, leftAt: null });
    expect((await show(user.at(back), appointment)).call).toMatchObject({ state: 'waiting', roomName, startedAt: t0 });
    expect(await userAt(later(back, { seconds: 20, ms: -1 }), appointment)).toEqual({ connected: true, leftAt: null });
    expect(await userAt(later(back, { seconds: 20 }), appointment)).toEqual({ connected: false, leftAt: back });
  });

  test('is not-joined in a discarded room, and its successor', { needs: ['clock', 'peer'] }, async () => {
    const appointment = await bookAt(4);
    const t0 = appointment.startsAt;
    const ofUser = await join(user.at(t0), appointment);
    const gone = later(t0, { minutes: 5 });
    expect(await beat(user.at(gone), appointment, ofUser.connectionId)).toBeProblem(409, 'not-joined');
    expect((await show(user.at(gone), appointment)).call).toMatchObject({ state: 'none', roomName: null });
    const ofDoctor = await join(doctor.at(gone), appointment);
    expect(ofDoctor.roomName).not.toBe(ofUser.roomName);
    expect(await beat(user.at(gone), appointment, ofUser.connectionId)).toBeProblem(409, 'not-joined');
    expect((await beat(doctor.at(gone), appointment, ofDoctor.connectionId)).status).toBe(204);
    expect((await show(user.at(gone), appointment)).call.state).toBe('waiting');
  });

  test('is call-over once time has ended the call', { needs: ['clock', 'peer'] }, async () => {
    const appointment = await bookAt(5);
    const last = later(appointment.endsAt, { minutes: 15, ms: -1 });
    await join(user.at(appointment.startsAt), appointment);
    const { connectionId } = await join(user.at(later(last, { seconds: -5 })), appointment);
    expect((await beat(user.at(last), appointment, connectionId)).status).toBe(204);
    const over = later(last, { ms: 1 });
    for (const connection of [connectionId, randomUUID()]) {
      expect(await beat(user.at(over), appointment, connection)).toBeProblem(409, 'call-over');
    }
    const shown = await show(doctor.at(over), appointment);
    expect([shown.status, shown.call.state]).toEqual(['completed', 'ended']);
    expect(shown.call.participants.map((one) => one.connected)).toEqual([false]);
  });

  test('is call-over of a missed appointment', { needs: ['clock', 'peer'] }, async () => {
    const appointment = await bookAt(6);
    const before = user.at(later(appointment.endsAt, { ms: -1 }));
    expect(await beat(before, appointment, randomUUID())).toBeProblem(409, 'not-joined');
    expect(await beat(user.at(appointment.endsAt), appointment, randomUUID())).toBeProblem(409, 'call-over');
  });

  test('does nothing with twilio: 204, whatever is named', { needs: ['twilio'] }, async () => {
    const early = await book(user, doctor, { startsAt: fromNow({ days: 2 }) });
    const call = await book(user, doctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    const [ofUser, ofDoctor] = [await join(user, call), await join(doctor, call)];
    const cancelled = await book(user, doctor, { startsAt: fromNow({ days: 3 }) });
    await user.send('cancelAppointment', { path: on(cancelled) });
    const beatAll = async (appointment: Appointment) => {
      const before = await show(user, appointment);
      for (const id of [ofUser.connectionId, ofDoctor.connectionId, randomUUID()]) {
        const kept = await beat(user.on(1), appointment, id);
        expect([kept.status, kept.bytes.length]).toEqual([204, 0]);
      }
      expect(await show(user, appointment)).toEqual(before);
    };
    for (const appointment of [early, cancelled, call]) await beatAll(appointment);
    expect((await show(user, call)).call.participants.map(({ connected }) => connected)).toEqual([false, false]);
    expect((await doctor.send('endCall', { path: on(call) })).status).toBe(200);
    await beatAll(call);
    const malformed = await user.send('keepPresence', { path: on(call), body: { connectionId: 'mine' } });
    expect(malformed).toBeProblem(400, 'validation-failed');
  });

  test('keeps no room of twilio alive, and connects nobody', { needs: ['clock', 'twilio'] }, async () => {
    const appointment = await bookAt(7);
    const t0 = appointment.startsAt;
    const { connectionId } = await join(user.at(t0), appointment);
    for (const seconds of [10, 150, 299])
      expect((await beat(user.at(later(t0, { seconds })), appointment, connectionId)).status).toBe(204);
    expect(await userAt(later(t0, { seconds: 299 }), appointment)).toEqual({ connected: false, leftAt: null });
    expect((await show(user.at(later(t0, { minutes: 5 })), appointment)).call.state).toBe('none');
    const missed = await bookAt(8);
    expect((await beat(user.at(missed.endsAt), missed, connectionId)).status).toBe(204);
  });

  test('is what the callbacks say, and does not lapse', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const appointment = await bookAt(9);
    const t0 = appointment.startsAt;
    const { room } = await meet(target, appointment, doctor.at(t0), user.at(t0));
    expect(await userAt(t0, appointment), 'a join connects nobody').toEqual({ connected: false, leftAt: null });
    await room.connect(user, later(t0, { seconds: 1 }));
    const after = (seconds: number) => userAt(later(t0, { seconds }), appointment);
    for (const seconds of [1, 21, 1_500]) expect(await after(seconds)).toEqual({ connected: true, leftAt: null });
    await room.disconnect(user, later(t0, { seconds: 1_501 }));
    const left = { connected: false, leftAt: later(t0, { seconds: 1_501 }) };
    expect(await after(1_502)).toEqual(left);
  });
});
