import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { type Appointment, book, join, on, show } from '../../src/bookings.ts';
import { openEvents } from '../../src/driver/event-stream.ts';
import { fromNow, later } from '../../src/instants.ts';
import { listening, plain } from '../../src/listening.ts';
import { rule, simultaneously } from '../../src/rule.ts';
import { toldUntilNow } from '../../src/told.ts';
import { joinTwilio, meet } from '../../src/twilio-room.ts';

rule('calls/leave', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');
  const start = later(fromNow({ hours: 1 }), { ms: 9 });
  const bookAt = (hours: number) => book(user, doctor, { startsAt: later(start, { hours }) });

  async function leave(person: Person, appointment: Appointment, connectionId: string): Promise<void> {
    const answer = await person.send('leaveCall', { path: on(appointment), body: { connectionId } });
    expect(answer.status, answer.text).toBe(204);
    expect(answer.bytes).toHaveLength(0);
  }

  test('disconnects, and lets the one who left join again', { needs: ['peer'] }, async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    const [ofUser] = [await join(user, appointment), await join(doctor, appointment)];
    expect((await show(doctor, appointment)).call.state).toBe('active');
    await leave(user.on(1), appointment, ofUser.connectionId);
    const left = await show(doctor, appointment);
    expect(left.status).toBe('in_progress');
    expect(left.call).toMatchObject({ state: 'waiting', roomName: ofUser.roomName, endedAt: null });
    expect(left.call.participants.map((one) => [one.accountId, one.connected])).toEqual([
      [doctor.id, true],
      [user.id, false],
    ]);
    await leave(user, appointment, ofUser.connectionId);
    const again = await join(user, appointment);
    expect(again.roomName).toBe(ofUser.roomName);
    expect((await show(doctor, appointment)).call.state).toBe('active');
  });

  test('is 204 and changes nothing before anybody joined', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 1 }) });
    for (const person of [user, doctor]) await leave(person, appointment, randomUUID());
    expect(await show(user, appointment)).toEqual(appointment);
  });

  test('is 204 and changes nothing of a cancelled appointment', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 2 }) });
    const cancelled = await user.send('cancelAppointment', { path: on(appointment) });
    for (const person of [user, doctor]) await leave(person, appointment, randomUUID());
    expect(await show(user, appointment)).toEqual(cancelled.body);
  });

  test('refuses a connectionId that is none', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 3 }) });
    for (const body of [{}, { connectionId: 'mine' }, { connectionId: null }]) {
      const answer = await user.send('leaveCall', { path: on(appointment), body });
      expect(answer).toBeProblem(400, 'validation-failed');
      expect(answer.problem.errors[0]).toMatchObject({ in: 'body', pointer: '/connectionId' });
    }
  });

  test('records the instant; a repeat changes nothing', { needs: ['clock', 'peer'] }, async () => {
    const appointment = await bookAt(0);
    const t0 = appointment.startsAt;
    const [ofUser] = [await join(user.at(t0), appointment), await join(doctor.at(t0), appointment)];
    const leftAt = later(t0, { seconds: 7, ms: 1 });
    await leave(user.at(leftAt), appointment, ofUser.connectionId.toUpperCase());
    const left = await show(doctor.at(leftAt), appointment);
    expect(left.call.participants).toMatchObject([
      { accountId: doctor.id, connected: true, leftAt: null },
      { accountId: user.id, connected: false, leftAt },
    ]);
    const muchLater = later(t0, { seconds: 19 });
    await simultaneously(4, (replica) => leave(user.at(muchLater).on(replica), appointment, ofUser.connectionId));
    expect(await show(doctor.at(muchLater), appointment)).toEqual(left);
  });

  test('tells the other once, and of a repeat nothing', { needs: ['clock', 'peer'] }, async () => {
    const appointment = await bookAt(5);
    const at = appointment.startsAt;
    const [ofUser] = [await join(user.at(at), appointment), await join(doctor.at(at), appointment)];
    const stream = await openEvents(doctor, { replica: 1 });
    for (let times = 0; times < 3; times += 1) await leave(user.at(at), appointment, ofUser.connectionId);
    const told = await toldUntilNow(stream, user.at(at), appointment);
    stream.close();
    const left = await show(doctor.at(at), appointment);
    expect(told.map(({ event, data }) => ({ event, data }))).toEqual([
      { event: 'call.participant-left', data: { at, accountId: user.id, appointment: left } },
    ]);
  });

  test('is 204 without effect for connections not in use', { needs: ['clock', 'peer'] }, async () => {
    const appointment = await bookAt(1);
    const at = appointment.startsAt;
    const older = await join(user.at(at), appointment);
    const [ofDoctor] = [await join(doctor.at(at), appointment), await join(user.at(at), appointment)];
    const before = await show(user.at(at), appointment);
    for (const connectionId of [older.connectionId, ofDoctor.connectionId, randomUUID()]) {
      await leave(user.at(at), appointment, connectionId);
      expect(await show(user.at(at), appointment)).toEqual(before);
    }
    expect(before.call.state).toBe('active');
  });

  test('keeps the instant of an earlier lapse', { needs: ['clock', 'peer'] }, async () => {
    const appointment = await bookAt(2);
    const t0 = appointment.startsAt;
    const { connectionId } = await join(user.at(t0), appointment);
    const lapsed = later(t0, { minutes: 1 });
    await leave(user.at(lapsed), appointment, connectionId);
    const shown = await show(user.at(lapsed), appointment);
    expect(shown.call.participants).toMatchObject([{ accountId: user.id, connected: false, leftAt: t0 }]);
  });

  test('is 204 without effect when the call is over', { needs: ['clock', 'peer'] }, async () => {
    const ended = await bookAt(3);
    const ofEnded = await join(user.at(ended.startsAt), ended);
    const completed = await doctor.send('endCall', { path: on(ended), now: ended.startsAt });
    await leave(user.at(later(ended.startsAt, { seconds: 3 })), ended, ofEnded.connectionId);
    expect(await show(user.at(later(ended.startsAt, { seconds: 3 })), ended)).toEqual(completed.body);

    const timedOut = await bookAt(4);
    const ofTimedOut = await join(user.at(timedOut.startsAt), timedOut);
    const over = later(timedOut.endsAt, { minutes: 15 });
    const before = await show(user.at(over), timedOut);
    expect(before.status).toBe('completed');
    await leave(user.at(over), timedOut, ofTimedOut.connectionId);
    expect(await show(user.at(over), timedOut)).toEqual(before);
  });

  test('disconnects one whom callbacks connected, once', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const appointment = await bookAt(6);
    const t0 = appointment.startsAt;
    const { room, ofUser } = await meet(target, appointment, doctor.at(t0), user.at(t0));
    for (const person of [user, doctor]) await room.connect(person, t0);
    const leftAt = later(t0, { seconds: 7, ms: 1 });
    await listening([openEvents(doctor, { replica: 1 }), openEvents(user)], async (...streams) => {
      await leave(user.at(leftAt), appointment, ofUser.connectionId);
      const left = await show(doctor.at(leftAt), appointment);
      expect(left.call).toMatchObject({
        state: 'waiting',
        participants: [
          { accountId: doctor.id, connected: true, leftAt: null },
          { accountId: user.id, connected: false, leftAt },
        ],
      });
      await leave(user.at(later(leftAt, { seconds: 1 })), appointment, ofUser.connectionId);
      // Twilio's own word of it comes a little later.
      await room.disconnect(user, later(leftAt, { seconds: 2 }));
      const after = await show(doctor.at(later(leftAt, { seconds: 3 })), appointment);
      expect(after.call.participants[1]).toMatchObject({ accountId: user.id, connected: false });
      for (const stream of streams) {
        const told = plain(await toldUntilNow(stream, user.at(leftAt), appointment));
        expect(told.filter(({ event }) => event !== 'message.created')).toEqual([
          { event: 'call.participant-left', data: { at: leftAt, accountId: user.id, appointment: left } },
        ]);
      }
      await joinTwilio(user.at(later(leftAt, { seconds: 4 })), appointment);
      await room.connect(user, later(leftAt, { seconds: 5 }));
      expect((await show(user.at(later(leftAt, { seconds: 6 })), appointment)).call.state).toBe('active');
    });
  });

  test('changes nothing of one who never connected', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const appointment = await bookAt(7);
    const t0 = appointment.startsAt;
    const { room, ofUser, ofDoctor } = await meet(target, appointment, doctor.at(t0), user.at(t0));
    await room.connect(doctor, t0);
    const before = await show(user.at(t0), appointment);
    await listening([openEvents(doctor)], async (stream) => {
      for (const { connectionId } of [ofUser, ofDoctor]) await leave(user.at(t0), appointment, connectionId);
      expect(await show(user.at(t0), appointment)).toEqual(before);
      expect(await toldUntilNow(stream, user.at(t0), appointment)).toEqual([]);
    });
  });
});
