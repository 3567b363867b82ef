import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { book, on, show } from '../../src/bookings.ts';
import { read, unread } from '../../src/conversation.ts';
import { openEvents } from '../../src/driver/event-stream.ts';
import { fromNow, later } from '../../src/instants.ts';
import { listening, plain } from '../../src/listening.ts';
import { rule } from '../../src/rule.ts';
import { toldUntilNow } from '../../src/told.ts';

rule('messages/typing', ({ test, people }) => {
  const [doctor, user, stranger] = people('doctor', 'user', 'user');

  test('tells the other alone, once for each sign', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 1 }) });
    const path = on(appointment);
    const opens = [openEvents(user, { replica: 1 }), openEvents(doctor), openEvents(stranger)] as const;
    await listening(opens, async (ofUser, ofDoctor, ofStranger) => {
      for (const [times, person] of [user, user.on(1), doctor, user].entries()) {
        const answer = await person.send('showTyping', { path });
        expect(answer.status, String(times)).toBe(204);
        expect(answer.bytes).toHaveLength(0);
      }
      const sign = (accountId: string) => ({
        event: 'message.typing',
        data: { at: expect.any(String), appointmentId: appointment.id, accountId },
      });
      expect(plain(await toldUntilNow(ofDoctor, user, appointment))).toEqual([sign(user.id), sign(user.id), sign(user.id)]); // prettier-ignore
      expect(plain(await toldUntilNow(ofUser, user, appointment)).slice(0, 1)).toEqual([sign(doctor.id)]);
      expect(ofUser.events.filter(({ event }) => event === 'message.typing')).toHaveLength(1);
      const other = await book(stranger, doctor, { startsAt: fromNow({ days: 2 }) });
      expect((await toldUntilNow(ofStranger, doctor, other)).map(({ event }) => event)).toEqual([
        'appointment.created',
      ]);
    });
  });

  test('leaves nothing else behind', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 3 }) });
    expect((await user.send('showTyping', { path: on(appointment) })).status).toBe(204);
    expect(await read(doctor, appointment)).toEqual({ items: [], hasMore: false });
    expect((await unread(doctor))[appointment.id]).toBeUndefined();
    expect(await show(doctor, appointment)).toEqual(appointment);
  });

  test('needs no body and ignores one', async () => {
    const path = on(await book(user, doctor, { startsAt: fromNow({ days: 4 }) }));
    const bodies = [{ rawBody: '{"typing":' }, { rawBody: '<typing/>', contentType: 'text/xml' }, { body: {} }];
    for (const options of bodies) expect((await user.send('showTyping', { path, ...options })).status).toBe(204);
  });

  test('refuses it in a cancelled appointment, and tells nothing', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 5 }) });
    const other = await book(user, doctor, { startsAt: fromNow({ days: 6 }) });
    expect((await user.send('cancelAppointment', { path: on(appointment) })).status).toBe(200);
    await listening([openEvents(doctor)], async (ofDoctor) => {
      for (const person of [user, doctor, user.on(1)]) {
        const refused = await person.send('showTyping', { path: on(appointment) });
        expect(refused).toBeProblem(409, 'appointment-cancelled');
      }
      expect(await toldUntilNow(ofDoctor, user, other)).toEqual([]);
    });
  });

  test('is the participants’ alone', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 7 }) });
    await listening([openEvents(doctor), openEvents(user)], async (...streams) => {
      for (const path of [on(appointment), { appointmentId: randomUUID() }])
        expect(await stranger.send('showTyping', { path })).toBeProblem(404, 'not-found');
      expect(await toldUntilNow(streams[0], user, appointment)).toEqual([]);
      expect((await toldUntilNow(streams[1], user, appointment)).map(({ event }) => event)).toEqual([
        'message.created',
      ]);
    });
  });

  test('bears its instant, at any time of the appointment', { needs: ['clock'] }, async () => {
    const startsAt = later(fromNow({ hours: 1 }), { ms: 44 });
    const appointment = await book(user, doctor, { startsAt, durationMinutes: 5 });
    const instants = [later(startsAt, { minutes: -30 }), startsAt, appointment.endsAt, later(startsAt, { hours: 4 })];
    await listening([openEvents(doctor, { replica: 1 })], async (ofDoctor) => {
      for (const now of instants)
        expect((await user.at(now).send('showTyping', { path: on(appointment) })).status).toBe(204);
      const told = await toldUntilNow(ofDoctor, user, appointment);
      expect(told.map(({ data }) => data)).toEqual(
        instants.map((at) => ({ at, appointmentId: appointment.id, accountId: user.id })),
      );
    });
  });
});
