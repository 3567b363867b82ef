import { expect } from 'vitest';
import { book, join, on, show } from '../../src/bookings.ts';
import { fromNow, later } from '../../src/instants.ts';
import { rule, simultaneously } from '../../src/rule.ts';
import { joinTwilio, roomOf } from '../../src/twilio-room.ts';

rule('calls/rejoin', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');

  test('gives the same room and a fresh connection at each join', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    const first = await join(user, appointment);
    const before = await show(user, appointment);
    const connections = new Set([first.connectionId]);
    for (const person of [user, user.on(1), doctor, user, doctor.on(1)]) {
      const again = await join(person, appointment);
      expect(again).toMatchObject({ provider: first.provider, roomName: first.roomName, expiresAt: first.expiresAt });
      expect(connections).not.toContain(again.connectionId);
      connections.add(again.connectionId);
    }
    const after = await show(user, appointment);
    expect(after.status).toBe('in_progress');
    expect(after.call).toMatchObject({ startedAt: before.call.startedAt, roomName: first.roomName, endedAt: null });
    expect(after.call.participants).toHaveLength(2);
  });

  test('gives it from a second device, with another session', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 8 }), durationMinutes: 5 });
    const first = await join(user, appointment);
    const second = await join(await user.logInAgain(), appointment);
    expect(second.roomName).toBe(first.roomName);
    expect(second.connectionId).not.toBe(first.connectionId);
  });

  test('keeps startedAt, status and room late in the call', { needs: ['clock', 'peer'] }, async () => {
    const startsAt = fromNow({ hours: 1 });
    const appointment = await book(user, doctor, { startsAt });
    const first = await join(user.at(startsAt), appointment);
    for (const minutes of [4, 8, 12]) {
      const now = later(startsAt, { minutes });
      const again = await join(user.at(now), appointment);
      expect(again).toMatchObject({ roomName: first.roomName, expiresAt: first.expiresAt });
      const shown = await show(doctor.at(now), appointment);
      expect(shown.status).toBe('in_progress');
      expect(shown.call).toMatchObject({ startedAt: startsAt, roomName: first.roomName });
    }
  });

  test('gives the living room back to one who left it', { needs: ['clock'] }, async () => {
    const startsAt = fromNow({ hours: 2 });
    const appointment = await book(user, doctor, { startsAt });
    const first = await join(user.at(startsAt), appointment);
    const body = { connectionId: first.connectionId };
    await user.send('leaveCall', { path: on(appointment), body, now: later(startsAt, { seconds: 30 }) });
    const again = await join(user.at(later(startsAt, { minutes: 1 })), appointment);
    expect(again.roomName).toBe(first.roomName);
    expect(again.connectionId).not.toBe(first.connectionId);
  });

  test('gives each of simultaneous rejoins a connection of its own', { needs: ['clock'] }, async () => {
    const startsAt = fromNow({ hours: 3 });
    const appointment = await book(user, doctor, { startsAt });
    const first = await join(user.at(startsAt), appointment);
    const answers = await simultaneously(6, (replica) =>
      user.send('joinCall', { path: on(appointment), now: later(startsAt, { seconds: 1 }), replica }),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array(6).fill(200));
    expect(new Set(answers.map((answer) => answer.body.roomName))).toEqual(new Set([first.roomName]));
    expect(new Set(answers.map((answer) => answer.body.connectionId)).size).toBe(6);
  });

  test('gives a fresh token at each join', { needs: ['twilio'] }, async ({ target }) => {
    const [otherDoctor, otherUser] = await target.people('doctor', 'user');
    const appointment = await book(otherUser, otherDoctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    const tokens = new Set<string>();
    for (const person of [otherUser, otherUser, otherDoctor, otherUser.on(1)])
      tokens.add((await joinTwilio(person, appointment)).token);
    expect(tokens.size).toBe(4);
  });

  test('gives the room back late in the call, by callbacks', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const startsAt = fromNow({ hours: 5 });
    const appointment = await book(user, doctor, { startsAt });
    const first = await joinTwilio(user.at(startsAt), appointment);
    const room = await roomOf(target, first);
    await room.connect(user, startsAt);
    for (const minutes of [4, 12, 29]) {
      const now = later(startsAt, { minutes });
      const again = await joinTwilio((minutes === 12 ? doctor : user).at(now), appointment);
      expect(again).toMatchObject({ roomName: first.roomName, expiresAt: first.expiresAt });
      expect(again.token).not.toBe(first.token);
      const { status, call } = await show(doctor.at(now), appointment);
      expect([status, call.startedAt, call.roomName]).toEqual(['in_progress', startsAt, first.roomName]);
      expect(call.participants.find(({ accountId }) => accountId === user.id)?.connected).toBe(true);
    }
    expect(await room.status()).toBe('in-progress');
  });
});
