import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { book, joinPeer, on, show } from '../../src/bookings.ts';
import { openEvents } from '../../src/driver/event-stream.ts';
import { fromNow, later } from '../../src/instants.ts';
import { listening, plain } from '../../src/listening.ts';
import { rule } from '../../src/rule.ts';
import { toldUntilNow } from '../../src/told.ts';
import { joinTwilio, meet, roomOf } from '../../src/twilio-room.ts';

rule('calls/takeover', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');
  const beat = (person: Person, appointment: { id: string }, connectionId: string) =>
    person.send('keepPresence', { path: on(appointment), body: { connectionId } });

  test('refuses the presence of an older connection', { needs: ['peer'] }, async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    const [ofDoctor, older] = [await joinPeer(doctor, appointment), await joinPeer(user, appointment)];
    expect((await beat(user, appointment, older.connectionId)).status).toBe(204);
    const middle = await joinPeer(await user.logInAgain(), appointment);
    const newest = await joinPeer(user.on(1), appointment);
    expect([middle.roomName, newest.roomName]).toEqual([older.roomName, older.roomName]);
    for (const { connectionId } of [older, middle]) {
      expect(await beat(user, appointment, connectionId)).toBeProblem(409, 'superseded');
      expect(await beat(user.on(1), appointment, connectionId.toUpperCase())).toBeProblem(409, 'superseded');
    }
    expect((await beat(user, appointment, newest.connectionId)).status).toBe(204);
    expect((await beat(doctor, appointment, ofDoctor.connectionId)).status).toBe(204);
  });

  test('refuses the signals of an older connection', { needs: ['peer'] }, async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 8 }), durationMinutes: 5 });
    for (const person of [user, doctor]) {
      const [older, newest] = [await joinPeer(person, appointment), await joinPeer(person, appointment)];
      const signal = (connectionId: string, epoch: number) => ({
        path: on(appointment),
        body: { clientId: randomUUID(), connectionId, epoch, type: 'media', data: { camera: true } },
      });
      const stale = await person.send('sendSignal', signal(older.connectionId, newest.epoch));
      expect(stale).toBeProblem(409, 'superseded');
      const staleEpochToo = await person.send('sendSignal', signal(older.connectionId, newest.epoch + 7));
      expect(staleEpochToo).toBeProblem(409, 'superseded');
      expect((await person.send('sendSignal', signal(newest.connectionId, newest.epoch))).status).toBe(202);
    }
  });

  test('keeps the participant connected and the call going', { needs: ['clock', 'peer'] }, async () => {
    const startsAt = fromNow({ hours: 1 });
    const appointment = await book(user, doctor, { startsAt });
    const [older, ofDoctor] = [
      await joinPeer(user.at(startsAt), appointment),
      await joinPeer(doctor.at(startsAt), appointment),
    ];
    const taken = later(startsAt, { seconds: 15 });
    expect((await beat(doctor.at(taken), appointment, ofDoctor.connectionId)).status).toBe(204);
    const newest = await joinPeer(user.at(taken), appointment);
    const shown = await show(doctor.at(taken), appointment);
    expect(shown.call).toMatchObject({ state: 'active', roomName: older.roomName, startedAt: startsAt });
    expect(shown.call.participants.map((one) => [one.connected, one.leftAt])).toEqual([
      [true, null],
      [true, null],
    ]);
    // The join is the first sign of life: the older connection's clock does not run on.
    const lapsed = later(startsAt, { seconds: 20 });
    expect((await show(user.at(lapsed), appointment)).call.state).toBe('active');
    expect(await beat(user.at(lapsed), appointment, older.connectionId)).toBeProblem(409, 'superseded');
    const last = later(taken, { seconds: 20, ms: -1 });
    const connected = (now: string) =>
      show(user.at(now), appointment).then(({ call }) => call.participants.map((one) => one.connected));
    expect(await connected(last)).toEqual([true, true]);
    expect(await connected(later(last, { ms: 1 }))).toEqual([false, false]);
    expect((await beat(user.at(later(last, { ms: 1 })), appointment, newest.connectionId)).status).toBe(204);
  });

  test('tells its owner, and the other nothing', { needs: ['clock', 'peer'] }, async () => {
    const startsAt = fromNow({ hours: 5 });
    const appointment = await book(user, doctor, { startsAt });
    const [userNow, doctorNow] = [user.at(startsAt), doctor.at(startsAt)];
    const [older] = [await joinPeer(userNow, appointment), await joinPeer(doctorNow, appointment)];
    const [ofUser, ofDoctor] = [await openEvents(user, { replica: 1 }), await openEvents(doctor)];
    await joinPeer(userNow.on(1), appointment);
    const told = await toldUntilNow(ofUser, doctorNow, appointment);
    expect(told.map(({ event, data }) => ({ event, data }))).toEqual([
      {
        event: 'call.superseded',
        data: { at: startsAt, appointmentId: appointment.id, connectionId: older.connectionId },
      },
    ]);
    const toldDoctor = await toldUntilNow(ofDoctor, doctorNow, appointment);
    expect(toldDoctor.map(({ event }) => event)).toEqual(['message.created']);
    ofUser.close();
    ofDoctor.close();
  });

  test('lets an older connection leave without effect', { needs: ['clock', 'peer'] }, async () => {
    const startsAt = fromNow({ hours: 3 });
    const appointment = await book(user, doctor, { startsAt });
    const now = user.at(startsAt);
    const older = await joinPeer(now, appointment);
    await joinPeer(doctor.at(startsAt), appointment);
    await joinPeer(now, appointment);
    const before = await show(now, appointment);
    const left = await now.send('leaveCall', { path: on(appointment), body: { connectionId: older.connectionId } });
    expect(left.status).toBe(204);
    expect(await show(now, appointment)).toEqual(before);
    expect(before.call.state).toBe('active');
  });

  test('tells its owner once connected, the other nothing', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const startsAt = fromNow({ hours: 7 });
    const appointment = await book(user, doctor, { startsAt });
    const [userNow, doctorNow] = [user.at(startsAt), doctor.at(startsAt)];
    await joinTwilio(userNow, appointment);
    await listening([openEvents(user, { replica: 1 }), openEvents(doctor)], async (ofUser, ofDoctor) => {
      // Until the callbacks say so nobody is connected whose place could be taken.
      const older = await joinTwilio(userNow.on(1), appointment);
      const room = await roomOf(target, older);
      await room.connect(user, startsAt);
      const connected = await show(doctorNow, appointment);
      const newest = await joinTwilio(userNow, appointment);
      expect(newest.roomName).toBe(older.roomName);
      expect(await show(doctorNow, appointment), 'the call goes on').toEqual(connected);
      const joined = {
        event: 'call.participant-joined',
        data: { at: startsAt, accountId: user.id, appointment: connected },
      };
      const superseded = {
        event: 'call.superseded',
        data: { at: startsAt, appointmentId: appointment.id, connectionId: older.connectionId },
      };
      expect(plain(await toldUntilNow(ofUser, doctorNow, appointment))).toEqual([joined, superseded]);
      expect(plain(await toldUntilNow(ofDoctor, doctorNow, appointment)).slice(0, 2)).toEqual([
        joined,
        { event: 'message.created', data: expect.anything() },
      ]);
    });
  });

  test('keeps one connected whose second device enters', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    for (const [index, isReordered] of [false, true].entries()) {
      const startsAt = fromNow({ hours: 8 + index });
      const appointment = await book(user, doctor, { startsAt });
      const { room } = await meet(target, appointment, doctor.at(startsAt), user.at(startsAt));
      for (const person of [user, doctor]) await room.connect(person, later(startsAt, { seconds: 1 }));
      await joinTwilio(user.at(later(startsAt, { seconds: 20 })).on(1), appointment);
      // Twilio puts the older device out at the instant at which the newer one comes in.
      const fault = { on: 'callback', kind: 'reorder', event: 'participant-disconnected', room: room.sid } as const;
      if (isReordered) await room.control.addFault(fault);
      await room.connect(user, later(startsAt, { seconds: 21 }));
      const shown = await show(doctor.at(later(startsAt, { seconds: 22 })), appointment);
      expect(shown.call, isReordered ? 'the disconnect comes last' : 'the connect comes last').toMatchObject({
        state: 'active',
        participants: [
          { accountId: doctor.id, connected: true, leftAt: null },
          { accountId: user.id, connected: true, leftAt: null },
        ],
      });
    }
  });

  test('lets an older one of Twilio leave without effect', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const startsAt = fromNow({ hours: 10 });
    const appointment = await book(user, doctor, { startsAt });
    const { room, ofUser: older } = await meet(target, appointment, doctor.at(startsAt), user.at(startsAt));
    await room.connect(user, startsAt);
    await joinTwilio(user.at(startsAt), appointment);
    const before = await show(user.at(startsAt), appointment);
    const path = on(appointment);
    const left = await user.at(startsAt).send('leaveCall', { path, body: { connectionId: older.connectionId } });
    expect(left.status).toBe(204);
    expect(await show(user.at(startsAt), appointment)).toEqual(before);
    expect(before.call.participants[1]?.connected).toBe(true);
  });
});
