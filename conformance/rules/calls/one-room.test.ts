import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { type Appointment, book, join, on, show } from '../../src/bookings.ts';
import { openEvents } from '../../src/driver/event-stream.ts';
import { fromNow, later } from '../../src/instants.ts';
import { listening } from '../../src/listening.ts';
import { rule, simultaneously, type TestTarget, warmUp } from '../../src/rule.ts';
import { toldUntilNow } from '../../src/told.ts';
import { emulatorOf, meet } from '../../src/twilio-room.ts';

const ROUNDS = 20;

rule('calls/one-room', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');

  async function joinAllAtOnce(
    target: TestTarget,
    appointment: Appointment,
    [one, two]: [Person, Person],
  ): Promise<void> {
    const { provider } = { provider: target.suite.meta.videoProvider };
    const answers = await simultaneously(6, (index) =>
      (index % 2 === 0 ? one : two).send('joinCall', { path: on(appointment), replica: index >> 1 }),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array(6).fill(200));
    const grants = answers.map((answer) => answer.body);
    expect(new Set(grants.map((grant) => grant.provider))).toEqual(new Set([provider]));
    expect(new Set(grants.map((grant) => grant.roomName)).size, 'rooms').toBe(1);
    expect(new Set(grants.map((grant) => grant.connectionId)).size, 'connections').toBe(6);
    for (const replica of [0, 1]) {
      const shown = await show(user.at(one.now ?? '').on(replica), appointment);
      expect(shown.status).toBe('in_progress');
      expect(shown.call.roomName).toBe(grants[0]?.roomName);
      expect(shown.call.participants.map((participant) => participant.accountId)).toEqual([doctor.id, user.id]);
    }
  }

  test('is made by the first join, which starts the appointment', async ({ target }) => {
    const startsAt = fromNow({ minutes: 2 });
    const appointment = await book(user, doctor, { startsAt, durationMinutes: 5 });
    expect(appointment.call).toEqual({
      state: 'none',
      roomName: null,
      participants: [],
      startedAt: null,
      endedAt: null,
    });
    const first = await join(user, appointment);
    expect(first.provider).toBe(target.suite.meta.videoProvider);
    expect(first.expiresAt).toBe(later(appointment.endsAt, { minutes: 15 }));
    const started = await show(doctor.on(1), appointment);
    expect(started.status).toBe('in_progress');
    expect(started.call.roomName).toBe(first.roomName);
    expect(started.call.startedAt).not.toBeNull();
    const second = await join(doctor.on(1), appointment);
    expect(second.provider).toBe(first.provider);
    expect(second.roomName).toBe(first.roomName);
    expect(second.connectionId).not.toBe(first.connectionId);
    expect(second.expiresAt).toBe(first.expiresAt);
    const both = await show(user, appointment);
    expect(both.call).toMatchObject({ roomName: first.roomName, startedAt: started.call.startedAt });
    expect(both.call.participants.map((participant) => participant.accountId)).toEqual([doctor.id, user.id]);
  });

  test('is one room for simultaneous first joins', async ({ target }) => {
    await warmUp(target, 6);
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 8 }), durationMinutes: 5 });
    const answers = await simultaneously(2, (index) =>
      (index === 0 ? doctor : user).send('joinCall', { path: on(appointment), replica: index }),
    );
    expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
    expect(answers[0]?.body.roomName).toBe(answers[1]?.body.roomName);
    expect((await show(user, appointment)).call.roomName).toBe(answers[0]?.body.roomName);
  });

  test('is one room 20 times, for both and their reloads at once', { needs: ['clock'] }, async ({ target }) => {
    await warmUp(target, 6);
    const rooms = new Set<string | null>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const startsAt = later(fromNow({ hours: 1 }), { minutes: 5 * round });
      const appointment = await book(user, doctor, {
        startsAt: later(startsAt, { seconds: round }),
        durationMinutes: 5,
      });
      const [doctorNow, userNow] = [doctor.at(startsAt), user.at(startsAt)];
      await joinAllAtOnce(target, appointment, round % 2 === 0 ? [doctorNow, userNow] : [userNow, doctorNow]);
      const shown = await show(userNow, appointment);
      expect(shown.call.startedAt).toBe(startsAt);
      rooms.add(shown.call.roomName);
    }
    expect(rooms.size, 'each appointment has a room of its own').toBe(ROUNDS);
  });

  test('may be made by either participant', { needs: ['clock'] }, async () => {
    for (const [index, person] of [doctor, user].entries()) {
      const startsAt = fromNow({ hours: 4 + index });
      const appointment = await book(user, doctor, { startsAt });
      const { roomName } = await join(person.at(startsAt), appointment);
      const shown = await show(person.at(startsAt), appointment);
      expect(shown).toMatchObject({ status: 'in_progress', call: { roomName, startedAt: startsAt } });
      expect(shown.call.participants.map((participant) => participant.accountId)).toEqual([person.id]);
    }
  });

  test('is told to both, once, with who joined', { needs: ['clock', 'peer'] }, async ({ target }) => {
    await warmUp(target, 4);
    for (let round = 0; round < 5; round += 1) {
      const startsAt = later(fromNow({ hours: 7 }), { minutes: 5 * round });
      const appointment = await book(user, doctor, { startsAt, durationMinutes: 5 });
      await listening([openEvents(doctor), openEvents(user, { replica: 1 })], async (...streams) => {
        await simultaneously(2, (index) =>
          join((index === 0 ? user : doctor).at(startsAt).on(index + round), appointment),
        );
        const shown = await show(user.at(startsAt), appointment);
        for (const stream of streams) {
          const [started, ...joined] = await toldUntilNow(stream, user.at(startsAt), appointment);
          expect(started).toMatchObject({ event: 'call.started', data: { at: startsAt } });
          const arrivals = joined.slice(0, 2);
          expect(arrivals.map(({ event }) => event)).toEqual(Array(2).fill('call.participant-joined'));
          const who = arrivals.map(({ data }) => (data as { accountId: string }).accountId);
          expect(who.sort()).toEqual([doctor.id, user.id].sort());
          expect(arrivals[1]?.data).toMatchObject({ at: startsAt, appointment: shown });
          const isFirst = stream === streams[0];
          expect(joined.slice(2).map(({ event }) => event)).toEqual(isFirst ? [] : ['message.created']);
        }
      });
    }
  });

  test('admits the doctor and the user, and nobody else', { needs: ['emulator'] }, async ({ target }) => {
    const [otherDoctor, otherUser] = await target.people('doctor', 'user');
    const appointment = await book(otherUser, otherDoctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    const { room } = await meet(target, appointment, otherDoctor, otherUser);
    for (const person of [otherUser, otherDoctor]) await room.connect(person);
    const third = room.control.connect({ room: room.sid, identity: user.id });
    await expect(third).rejects.toThrow('Room contains too many Participants');
    expect((await show(otherUser, appointment)).call.state).toBe('active');
  });

  test('is made once at the provider', { needs: ['clock', 'emulator'], lane: 'quiet' }, async ({ target }) => {
    await warmUp(target, 6);
    const control = emulatorOf(target);
    for (let round = 0; round < 10; round += 1) {
      const startsAt = later(fromNow({ hours: 9 }), { minutes: 5 * round });
      const appointment = await book(user, doctor, { startsAt, durationMinutes: 5 });
      const { id: after } = (await control.listRequests()).at(-1) ?? { id: 0 };
      await joinAllAtOnce(target, appointment, [doctor.at(startsAt), user.at(startsAt)]);
      await joinAllAtOnce(target, appointment, [user.at(startsAt), doctor.at(startsAt)]);
      const made = (await control.listRequests({ after })).filter(
        ({ method, path, status }) => method === 'POST' && path === '/v1/Rooms' && status === 201,
      );
      expect(made.map(({ form }) => form['UniqueName'])).toEqual([
        (await show(user.at(startsAt), appointment)).call.roomName,
      ]);
    }
  });
});
