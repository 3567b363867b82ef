import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { book, on } from '../../src/bookings.ts';
import { markRead, type Message, say, unread } from '../../src/conversation.ts';
import { openEvents } from '../../src/driver/event-stream.ts';
import { fromNow } from '../../src/instants.ts';
import { listening, plain } from '../../src/listening.ts';
import { rule, simultaneously } from '../../src/rule.ts';
import { toldUntilNow } from '../../src/told.ts';

rule('messages/read-mark', ({ test, people }) => {
  const [doctor, user, stranger] = people('doctor', 'user', 'user');
  const bookIn = (days: number) => book(user, doctor, { startsAt: fromNow({ days }) });

  test("counts the other's messages beyond it", async () => {
    const appointment = await bookIn(1);
    const count = async (): Promise<(number | undefined)[]> => [
      (await unread(user))[appointment.id],
      (await unread(doctor.on(1)))[appointment.id],
    ];
    expect(await count(), 'none sent').toEqual([undefined, undefined]);
    const messages: Message[] = [];
    for (const sender of [doctor, doctor, user, doctor, user]) messages.push(await say(sender, appointment));
    expect(await count(), 'none read').toEqual([3, 2]);
    await markRead(user, appointment, messages[0] ?? { id: '' });
    expect(await count(), 'the user has read the first').toEqual([2, 2]);
    await markRead(user.on(1), appointment, messages[2] ?? { id: '' });
    expect(await count(), "up to the user's own").toEqual([1, 2]);
    await markRead(doctor, appointment, messages[4] ?? { id: '' });
    expect(await count(), 'the doctor has read all').toEqual([1, undefined]);
    await markRead(user, appointment, messages[4] ?? { id: '' });
    expect(await count(), 'both have').toEqual([undefined, undefined]);
  });

  test('is not moved by sending', async () => {
    const appointment = await bookIn(2);
    for (let times = 0; times < 3; times += 1) await say(doctor, appointment);
    await say(user, appointment, 'I have not read yours yet.');
    expect((await unread(user))[appointment.id]).toBe(3);
    await say(doctor, appointment);
    expect((await unread(user))[appointment.id]).toBe(4);
    expect((await unread(doctor))[appointment.id]).toBe(1);
  });

  test('never goes back', async () => {
    const appointment = await bookIn(3);
    const messages: Message[] = [];
    for (let times = 0; times < 4; times += 1) messages.push(await say(doctor, appointment));
    await markRead(user, appointment, messages[2] ?? { id: '' });
    expect((await unread(user))[appointment.id]).toBe(1);
    for (const older of messages.slice(0, 3).toReversed()) {
      await markRead(user.on(1), appointment, older);
      expect((await unread(user))[appointment.id]).toBe(1);
    }
  });

  test('ends at the newest of simultaneous ones', async () => {
    const appointment = await bookIn(4);
    for (let round = 0; round < 3; round += 1) {
      const messages: Message[] = [];
      for (let times = 0; times < 5; times += 1) messages.push(await say(doctor, appointment));
      const last = await say(doctor, appointment, 'Unread');
      const order = [4, 0, 3, 1, 2, 4, 0, 2];
      await simultaneously(8, (index) =>
        markRead(user.on(index), appointment, messages[order[index] ?? 0] ?? { id: '' }),
      );
      expect((await unread(user))[appointment.id]).toBe(1);
      await markRead(user, appointment, last);
      expect((await unread(user))[appointment.id]).toBeUndefined();
    }
  });

  test('is counted by appointment, cancelled ones included', async () => {
    const appointments = [await bookIn(5), await bookIn(6), await bookIn(7)];
    for (const [index, appointment] of appointments.entries())
      for (let times = 0; times <= index; times += 1) await say(user, appointment);
    const read = await bookIn(8);
    await markRead(doctor, read, await say(user, read));
    const [cancelled] = appointments;
    const message = cancelled && (await say(doctor, cancelled));
    await doctor.send('cancelAppointment', { path: on(cancelled ?? { id: '' }) });
    const { body } = await doctor.send('getUnreadCounts');
    const listed = body.items.map(({ appointmentId }) => appointmentId);
    expect(listed).toEqual(listed.toSorted());
    expect(listed).not.toContain(read.id);
    const counts = await unread(doctor.on(1));
    expect(appointments.map(({ id }) => counts[id])).toEqual([1, 2, 3]);
    await markRead(doctor, cancelled ?? { id: '' }, message ?? { id: '' });
    expect((await unread(doctor))[cancelled?.id ?? '']).toBeUndefined();
    expect((await stranger.send('getUnreadCounts')).body).toEqual({ items: [] });
  });

  test('refuses the id of no message here', async () => {
    const [appointment, other] = [await bookIn(9), await bookIn(10)];
    const message = await say(doctor, appointment);
    const elsewhere = await say(doctor, other);
    for (const upTo of [randomUUID(), elsewhere.id, message.clientId, appointment.id]) {
      for (const person of [user, doctor.on(1)]) {
        const refused = await person.send('markMessagesRead', { path: on(appointment), body: { upTo } });
        expect(refused).toBeProblem(422, 'unknown-message');
      }
    }
    for (const body of [{}, { upTo: 'all' }, { upTo: null }]) {
      const refused = await user.send('markMessagesRead', { path: on(appointment), body });
      expect(refused).toBeProblem(400, 'validation-failed');
      expect(refused.problem.errors[0]).toMatchObject({ in: 'body', pointer: '/upTo' });
    }
    expect((await unread(user))[appointment.id]).toBe(1);
    const body = { upTo: message.id.toUpperCase() };
    expect((await user.send('markMessagesRead', { path: on(appointment), body })).status).toBe(204);
    expect((await unread(user))[appointment.id]).toBeUndefined();
  });

  test('is the participants’ alone', async () => {
    const appointment = await bookIn(11);
    const message = await say(doctor, appointment);
    for (const path of [on(appointment), { appointmentId: randomUUID() }]) {
      const refused = await stranger.send('markMessagesRead', { path, body: { upTo: message.id } });
      expect(refused).toBeProblem(404, 'not-found');
    }
    expect((await unread(user))[appointment.id]).toBe(1);
  });

  test('is told to both when it moves, and only then', async () => {
    const appointment = await bookIn(12);
    const messages: Message[] = [];
    for (let times = 0; times < 3; times += 1) messages.push(await say(doctor, appointment));
    const [oldest, middle, newest] = messages;
    if (!oldest || !middle || !newest) throw new Error('three messages are needed');
    await listening([openEvents(user, { replica: 1 }), openEvents(doctor)], async (ofUser, ofDoctor) => {
      for (const message of [middle, middle, oldest, newest, middle, newest])
        await markRead(user, appointment, message);
      const body = { upTo: randomUUID() };
      expect(await user.send('markMessagesRead', { path: on(appointment), body })).toBeProblem(422, 'unknown-message');
      const moved = [middle, newest].map(({ id }) => ({
        event: 'message.read',
        data: { at: expect.any(String), appointmentId: appointment.id, accountId: user.id, upTo: id },
      }));
      expect(plain(await toldUntilNow(ofUser, doctor, appointment))).toEqual(moved);
      const mark = { event: 'message.created', data: expect.anything() };
      expect(plain(await toldUntilNow(ofDoctor, doctor, appointment))).toEqual([...moved, mark]);
    });
  });
});
