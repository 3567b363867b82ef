import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { book, join, on, show } from '../../src/bookings.ts';
import { markRead, read, say } from '../../src/conversation.ts';
import { fromNow, later } from '../../src/instants.ts';
import { rule } from '../../src/rule.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Unicode's White_Space, all of it. */
const WHITE = '\t\n\u000b\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000'; // prettier-ignore

rule('messages/send', ({ test, people }) => {
  const [doctor, user, stranger, colleague] = people('doctor', 'user', 'user', 'doctor');

  test('takes messages of both participants and shows them to both', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 1 }) });
    const clientId = randomUUID();
    const first = await say(user, appointment, 'Shall I have the X-ray at hand? 🩻', clientId.toUpperCase());
    expect(first).toEqual({
      id: expect.stringMatching(UUID),
      appointmentId: appointment.id,
      clientId,
      senderId: user.id,
      body: 'Shall I have the X-ray at hand? 🩻',
      sentAt: expect.any(String),
    });
    const second = await say(doctor.on(1), appointment, 'Yes, please.');
    expect(second).toMatchObject({ senderId: doctor.id, body: 'Yes, please.', appointmentId: appointment.id });
    expect(second.id).not.toBe(first.id);
    for (const person of [user, doctor, user.on(1), doctor.on(1)])
      expect(await read(person, appointment)).toEqual({ items: [first, second], hasMore: false });
  });

  test('takes 1 to 4,000 code points', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 2 }) });
    const bodies = ['x', '🩹', 'x'.repeat(4_000), '🩹'.repeat(4_000), ` \n${'é'.repeat(3_997)}\t`];
    for (const body of bodies) expect((await say(user, appointment, body)).body).toBe(body);
    const path = on(appointment);
    for (const body of ['', 'x'.repeat(4_001), '🩹'.repeat(4_001)]) {
      const refused = await user.send('sendMessage', { path, body: { clientId: randomUUID(), body } });
      expect(refused, `${body.length} units`).toBeProblem(400, 'validation-failed');
      expect(refused.problem.errors[0]).toMatchObject({ in: 'body', pointer: '/body' });
    }
    expect((await read(doctor, appointment)).items.map(({ body }) => body)).toEqual(bodies);
  });

  test('refuses one of white space alone, and no other', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 3 }) });
    const path = on(appointment);
    for (const body of [...WHITE, WHITE]) {
      const refused = await user.send('sendMessage', { path, body: { clientId: randomUUID(), body } });
      expect(refused, JSON.stringify(body)).toBeProblem(400, 'validation-failed');
      expect(refused.problem.errors[0]).toMatchObject({ in: 'body', pointer: '/body' });
    }
    // A zero width space and a byte order mark are no White_Space.
    for (const body of ['\u200b', '\ufeff', `${WHITE}.${WHITE}`])
      expect((await say(user, appointment, body)).body).toBe(body);
  });

  test('refuses what is no message, and names every place', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 4 }) });
    const clientId = randomUUID();
    const cases: [body: unknown, places: string[]][] = [
      [{}, ['/body', '/clientId']],
      [{ clientId }, ['/body']],
      [{ body: 'x' }, ['/clientId']],
      [{ clientId: 'mine', body: 5 }, ['/body', '/clientId']],
      [{ clientId: null, body: null }, ['/body', '/clientId']],
      [{ clientId, body: 'x\u0000y' }, ['/body']],
      [{ clientId, body: 'x\ud800y' }, ['/body']],
      [{ clientId, body: 'x', senderId: doctor.id }, ['/senderId']],
      [['x'], ['']],
    ];
    for (const [body, places] of cases) {
      const refused = await user.send('sendMessage', { path: on(appointment), body });
      expect(refused, JSON.stringify(body)).toBeProblem(400, 'validation-failed');
      expect(refused.problem.errors.map((place) => place.in)).toEqual(refused.problem.errors.map(() => 'body'));
      expect([...new Set(refused.problem.errors.map(({ pointer }) => pointer))].sort()).toEqual(places);
    }
    expect(await read(user, appointment)).toEqual({ items: [], hasMore: false });
  });

  test('is open to the participants alone', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 5 }) });
    const message = await say(user, appointment, 'private');
    const body = { clientId: randomUUID(), body: 'Let me in' };
    for (const person of [stranger, colleague]) {
      for (const path of [on(appointment), { appointmentId: randomUUID() }]) {
        expect(await person.send('sendMessage', { path, body })).toBeProblem(404, 'not-found');
        const listed = await person.send('listMessages', { path });
        expect(listed).toBeProblem(404, 'not-found');
        expect(listed.text).not.toContain('private');
      }
    }
    expect(await read(doctor, appointment)).toEqual({ items: [message], hasMore: false });
  });

  test('refuses a new one in a cancelled appointment; the old stay', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 6 }) });
    const message = await say(user, appointment, 'I cannot come.');
    expect((await user.send('cancelAppointment', { path: on(appointment) })).status).toBe(200);
    for (const person of [user, doctor.on(1)]) {
      const body = { clientId: randomUUID(), body: 'What a pity' };
      const refused = await person.send('sendMessage', { path: on(appointment), body });
      expect(refused).toBeProblem(409, 'appointment-cancelled');
      expect(await read(person, appointment)).toEqual({ items: [message], hasMore: false });
      await markRead(person, appointment, message);
    }
    const path = on(appointment);
    const body = { clientId: randomUUID(), body: 'x' };
    expect(await stranger.send('sendMessage', { path, body })).toBeProblem(404, 'not-found');
    expect(await user.send('sendMessage', { path, body: { ...body, body: '' } })).toBeProblem(400, 'validation-failed');
  });

  test('goes on during the call and after its end', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    const bodies = ['before', 'during', 'with both', 'after'];
    await say(user, appointment, bodies[0]);
    await join(user, appointment);
    await say(doctor, appointment, bodies[1]);
    await join(doctor, appointment);
    await say(user, appointment, bodies[2]);
    expect((await doctor.send('endCall', { path: on(appointment) })).status).toBe(200);
    await say(doctor, appointment, bodies[3]);
    expect((await read(user, appointment)).items.map(({ body }) => body)).toEqual(bodies);
    expect((await show(user, appointment)).status).toBe('completed');
  });

  test('is open long before the start and long after the end', { needs: ['clock'] }, async () => {
    const startsAt = later(fromNow({ hours: 2 }), { ms: 7 });
    const missed = await book(user, doctor, { startsAt, durationMinutes: 5 });
    const timedOut = await book(user, doctor, { startsAt: later(startsAt, { minutes: 5 }), durationMinutes: 5 });
    await join(user.at(timedOut.startsAt), timedOut);
    const muchLater = later(startsAt, { days: 300 });
    const doctorThen = await doctor.logInAgain(muchLater);
    const instants = [later(startsAt, { hours: -1 }), later(startsAt, { minutes: -10 }), startsAt, missed.endsAt];
    instants.push(later(startsAt, { minutes: 25 }), later(startsAt, { hours: 3 }), muchLater);
    for (const appointment of [missed, timedOut]) {
      for (const now of instants) {
        const sender = now === muchLater ? doctorThen : user.at(now);
        expect((await say(sender, appointment, `At ${now}`)).sentAt).toBe(now);
      }
      const { items } = await read(doctorThen, appointment);
      expect(items.map(({ sentAt }) => sentAt)).toEqual(instants);
    }
    expect((await show(doctorThen, missed)).status).toBe('missed');
    expect((await show(doctorThen, timedOut)).status).toBe('completed');
    const far = await book(user, doctor, { startsAt: fromNow({ days: 364 }) });
    await say(user, far, 'See you next year');
  });
});
