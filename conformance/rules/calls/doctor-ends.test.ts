import { expect } from 'vitest';
import { book, join, on, show } from '../../src/bookings.ts';
import { openEvents } from '../../src/driver/event-stream.ts';
import { fromNow, later } from '../../src/instants.ts';
import { listening } from '../../src/listening.ts';
import { rule, simultaneously } from '../../src/rule.ts';
import { toldUntilNow } from '../../src/told.ts';
import { meet } from '../../src/twilio-room.ts';

const CONNECTION = '3f0c7a52-8d0e-4b52-9d6c-0f7a5f3b9a11';

rule('calls/doctor-ends', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');
  const start = later(fromNow({ hours: 1 }), { ms: 77 });

  test('completes the appointment when the doctor asks for it', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    const path = on(appointment);
    const grant = await join(user, appointment);
    await join(doctor, appointment);
    expect(await user.send('endCall', { path })).toBeProblem(403, 'forbidden-role');
    expect((await show(user, appointment)).status).toBe('in_progress');

    const ended = await doctor.on(1).send('endCall', { path });
    expect(ended.status).toBe(200);
    expect(ended.body).toMatchObject({ id: appointment.id, status: 'completed', cancelledAt: null });
    expect(ended.body.call).toMatchObject({ state: 'ended', roomName: null });
    expect(ended.body.call.participants.map((one) => one.connected)).toEqual([false, false]);
    expect(await show(user, appointment)).toEqual(ended.body);

    expect(await doctor.send('endCall', { path })).toBeProblem(409, 'invalid-transition');
    expect(await user.send('endCall', { path })).toBeProblem(403, 'forbidden-role');
    expect(await user.send('joinCall', { path })).toBeProblem(409, 'call-over');
    expect(await doctor.send('joinCall', { path })).toBeProblem(409, 'call-over');
    const left = await user.send('leaveCall', { path, body: { connectionId: grant.connectionId } });
    expect(left.status).toBe(204);
    expect(await show(doctor, appointment)).toEqual(ended.body);
  });

  test('brings no call back by presence or signals', { needs: ['peer'] }, async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 8 }), durationMinutes: 5 });
    const path = on(appointment);
    const { connectionId } = await join(user, appointment);
    const ended = await doctor.send('endCall', { path });
    expect(ended.status).toBe(200);
    expect(await user.send('keepPresence', { path, body: { connectionId } })).toBeProblem(409, 'call-over');
    const signal = { clientId: CONNECTION, connectionId, epoch: 0, type: 'media', data: {} };
    expect(await user.send('sendSignal', { path, body: signal })).toBeProblem(409, 'call-over');
    expect(await show(user, appointment)).toEqual(ended.body);
  });

  test('refuses an end before anybody joined', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 1 }) });
    const path = on(appointment);
    expect(await doctor.send('endCall', { path })).toBeProblem(409, 'invalid-transition');
    expect(await user.send('endCall', { path })).toBeProblem(403, 'forbidden-role');
    expect(await show(doctor, appointment)).toEqual(appointment);
  });

  test('refuses an end of a cancelled one', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 2 }) });
    const path = on(appointment);
    const cancelled = await doctor.send('cancelAppointment', { path });
    expect(await doctor.send('endCall', { path })).toBeProblem(409, 'invalid-transition');
    expect(await user.send('endCall', { path })).toBeProblem(403, 'forbidden-role');
    expect(await show(doctor, appointment)).toEqual(cancelled.body);
  });

  test('ignores a body', { needs: ['clock'] }, async () => {
    const appointment = await book(user, doctor, { startsAt: start, durationMinutes: 5 });
    const at = doctor.at(start);
    await join(at, appointment);
    const ended = await at.send('endCall', { path: on(appointment), rawBody: '<end/>', contentType: 'text/xml' });
    expect(ended.status).toBe(200);
  });

  test('records its instant, and the end of both connections', { needs: ['clock', 'peer'] }, async () => {
    const startsAt = later(start, { hours: 1 });
    const appointment = await book(user, doctor, { startsAt });
    await join(user.at(startsAt), appointment);
    await join(doctor.at(later(startsAt, { seconds: 5 })), appointment);
    const now = later(startsAt, { seconds: 12, ms: 5 });
    const ended = await doctor.send('endCall', { path: on(appointment), now });
    expect(ended.body.call).toEqual({
      state: 'ended',
      roomName: null,
      participants: [
        { accountId: doctor.id, connected: false, joinedAt: later(startsAt, { seconds: 5 }), leftAt: now },
        { accountId: user.id, connected: false, joinedAt: startsAt, leftAt: now },
      ],
      startedAt: startsAt,
      endedAt: now,
    });
    const muchLater = await show(user.at(later(appointment.endsAt, { hours: 1 })), appointment);
    expect(muchLater).toEqual(ended.body);
  });

  test('tells both', { needs: ['clock'] }, async () => {
    const startsAt = later(start, { hours: 6 });
    const appointment = await book(user, doctor, { startsAt, durationMinutes: 5 });
    await join(user.at(startsAt), appointment);
    const streams = [await openEvents(user), await openEvents(doctor, { replica: 1 })];
    const refused = await user.send('endCall', { path: on(appointment), now: startsAt });
    expect(refused).toBeProblem(403, 'forbidden-role');
    const ended = await doctor.send('endCall', { path: on(appointment), now: startsAt });
    await doctor.send('endCall', { path: on(appointment), now: startsAt });
    const told = [];
    for (const stream of streams) {
      told.push(await toldUntilNow(stream, user.at(startsAt), appointment));
      stream.close();
    }
    for (const events of told) {
      const ends = events.filter(({ event }) => event !== 'message.created');
      expect(ends.map(({ event, data }) => ({ event, data }))).toEqual([
        { event: 'call.ended', data: { at: startsAt, appointment: ended.body } },
      ]);
    }
  });

  test('may come alone, after endsAt, until time has ended it', { needs: ['clock'] }, async () => {
    const appointment = await book(user, doctor, { startsAt: later(start, { hours: 2 }), durationMinutes: 5 });
    await join(user.at(appointment.startsAt), appointment);
    const now = later(appointment.endsAt, { minutes: 15, ms: -1 });
    const ended = await doctor.send('endCall', { path: on(appointment), now });
    expect(ended.status).toBe(200);
    expect(ended.body).toMatchObject({ status: 'completed', call: { endedAt: now, startedAt: appointment.startsAt } });

    const tooLate = await book(user, doctor, { startsAt: later(start, { hours: 3 }), durationMinutes: 5 });
    await join(user.at(tooLate.startsAt), tooLate);
    const over = later(tooLate.endsAt, { minutes: 15 });
    expect(await doctor.send('endCall', { path: on(tooLate), now: over })).toBeProblem(409, 'invalid-transition');
    expect((await show(doctor.at(over), tooLate)).call.endedAt).toBe(over);
  });

  test('refuses an end of a missed one', { needs: ['clock'] }, async () => {
    const appointment = await book(user, doctor, { startsAt: later(start, { hours: 4 }), durationMinutes: 5 });
    const path = on(appointment);
    const now = appointment.endsAt;
    expect(await doctor.send('endCall', { path, now })).toBeProblem(409, 'invalid-transition');
    expect(await user.send('endCall', { path, now })).toBeProblem(403, 'forbidden-role');
    expect((await show(user.at(now), appointment)).status).toBe('missed');
  });

  test('lets one of simultaneous ends succeed', { needs: ['clock'] }, async () => {
    for (let round = 0; round < 5; round += 1) {
      const startsAt = later(start, { hours: 5, minutes: 5 * round });
      const appointment = await book(user, doctor, { startsAt, durationMinutes: 5 });
      await join(doctor.at(startsAt), appointment);
      const answers = await simultaneously(4, (replica) =>
        doctor.send('endCall', { path: on(appointment), now: startsAt, replica }),
      );
      const refused = answers.filter((answer) => answer.status !== 200);
      expect(refused).toHaveLength(3);
      for (const answer of refused) expect(answer).toBeProblem(409, 'invalid-transition');
    }
  });

  test("completes the provider's room, with all in it", { needs: ['emulator'] }, async ({ target }) => {
    const [otherDoctor, otherUser] = await target.people('doctor', 'user');
    const appointment = await book(otherUser, otherDoctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    const { room, ofUser } = await meet(target, appointment, otherDoctor, otherUser);
    for (const person of [otherUser, otherDoctor]) await room.connect(person);
    await listening([openEvents(otherUser), openEvents(otherDoctor, { replica: 1 })], async (...streams) => {
      const ended = await otherDoctor.on(1).send('endCall', { path: on(appointment) });
      expect(ended.body.call).toMatchObject({ state: 'ended', roomName: null });
      const { participants, endedAt } = ended.body.call;
      expect(participants.map(({ connected, leftAt }) => [connected, leftAt])).toEqual([
        [false, endedAt],
        [false, endedAt],
      ]);
      await room.isCompleted(20);
      await room.called();
      const back = room.control.connect({ room: room.name, identity: otherUser.id });
      await expect(back, 'whatever token one has').rejects.toThrow(`there is no room ${ofUser.roomName}`);
      expect(await show(otherUser, appointment), 'the callbacks of its end change nothing').toEqual(ended.body);
      for (const stream of streams) {
        const told = await toldUntilNow(stream, otherUser, appointment);
        expect(told.map(({ event }) => event).filter((event) => event !== 'message.created')).toEqual(['call.ended']);
      }
    });
  });

  test('ends those who are connected, by callbacks too', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const startsAt = later(start, { hours: 7 });
    const appointment = await book(user, doctor, { startsAt });
    const { room } = await meet(target, appointment, doctor.at(startsAt), user.at(startsAt));
    const leftAt = later(startsAt, { seconds: 9 });
    await room.connect(user, later(startsAt, { seconds: 3 }));
    await room.connect(doctor, later(startsAt, { seconds: 4 }));
    await room.disconnect(user, leftAt);
    const now = later(startsAt, { seconds: 12, ms: 5 });
    const ended = await doctor.send('endCall', { path: on(appointment), now });
    expect(ended.body.call).toEqual({
      state: 'ended',
      roomName: null,
      participants: [
        { accountId: doctor.id, connected: false, joinedAt: startsAt, leftAt: now },
        { accountId: user.id, connected: false, joinedAt: startsAt, leftAt },
      ],
      startedAt: startsAt,
      endedAt: now,
    });
    await room.isCompleted(20);
    await room.called();
    expect(await show(user.at(later(appointment.endsAt, { hours: 1 })), appointment)).toEqual(ended.body);
  });
});
