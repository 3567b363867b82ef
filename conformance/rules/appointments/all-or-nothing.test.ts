import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { uniqueName } from '../../src/actors.ts';
import { book, join, joinPeer, on, show } from '../../src/bookings.ts';
import { openEvents } from '../../src/driver/event-stream.ts';
import { fromNow, later } from '../../src/instants.ts';
import { rule } from '../../src/rule.ts';
import { toldUntilNow } from '../../src/told.ts';

const NOTHING = '00000000-0000-4000-8000-000000000000';

rule('appointments/all-or-nothing', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');

  /** Everything that both people can see, one instant of theirs after the other. */
  async function everythingOf(...seen: Person[]): Promise<unknown> {
    const pages = seen.map(async (person) => ({
      me: (await person.send('getMe')).body,
      appointments: (await person.send('listAppointments', { query: { limit: 100 } })).body,
      unread: (await person.send('getUnreadCounts')).body,
    }));
    return Promise.all(pages);
  }

  test('makes no account by a refused creation', async ({ target }) => {
    const name = uniqueName();
    const body = {
      email: `user-${name}@duet.invalid`,
      password: `password of ${name}`,
      displayName: 'Duet',
      role: 'user',
    };
    const login = { email: body.email, password: body.password };
    expect(await target.nobody.send('createAccount', { body: { ...body, timeZone: 'UTC' } })).toBeProblem(
      400,
      'validation-failed',
    );
    const uninvited = { ...body, role: 'doctor', inviteCode: `not ${target.inviteCode}` };
    expect(await target.nobody.send('createAccount', { body: uninvited })).toBeProblem(403, 'invite-required');
    expect(await target.nobody.send('login', { body: login })).toBeProblem(401, 'invalid-credentials');
    expect((await target.nobody.send('createAccount', { body })).status).toBe(201);
    const again = { ...body, password: `other password of ${name}`, displayName: 'Other' };
    expect(await target.nobody.send('createAccount', { body: again })).toBeProblem(409, 'email-taken');
    const known = await target.nobody.send('login', { body: login });
    expect(known.body.account.displayName).toBe('Duet');
  });

  test('changes nothing of me by a refused update', async () => {
    const before = await user.send('getMe');
    const bodies = [
      { displayName: 'Changed', timeZone: 'Nowhere/Else' },
      { timeZone: 'Europe/Vienna', displayName: '' },
      { displayName: 'Changed', specialty: 'Heart' },
      { displayName: 'Changed', email: 'x@duet.invalid' },
    ];
    for (const body of bodies) expect(await user.send('updateMe', { body })).toBeProblem(400, 'validation-failed');
    expect((await user.send('getMe')).body).toEqual(before.body);
  });

  test('leaves no appointment and no key by a refused booking', async () => {
    const startsAt = fromNow({ days: 3 });
    await book(user, doctor, { startsAt });
    const before = await everythingOf(user, doctor);
    const body = { doctorId: doctor.id, startsAt, durationMinutes: 30 };
    const headers = { 'idempotency-key': `refused-${uniqueName()}` };
    expect(await user.send('createAppointment', { body, headers })).toBeProblem(409, 'slot-taken');
    const unknown = { ...body, doctorId: NOTHING };
    expect(await user.send('createAppointment', { body: unknown, headers })).toBeProblem(422, 'unknown-participant');
    const past = { ...body, startsAt: fromNow({ days: -1 }) };
    expect(await user.send('createAppointment', { body: past, headers })).toBeProblem(422, 'invalid-start');
    const invalid = { ...body, durationMinutes: 7 };
    expect(await user.send('createAppointment', { body: invalid, headers })).toBeProblem(400, 'validation-failed');
    expect(await everythingOf(user, doctor)).toEqual(before);
    const query = { from: later(startsAt, { days: -1 }), to: later(startsAt, { days: 1 }) };
    const busy = await user.send('listBusyTimes', { path: { doctorId: doctor.id }, query });
    expect(busy.body.items).toMatchObject([{ startsAt, endsAt: later(startsAt, { minutes: 30 }) }]);
    const free = { ...body, startsAt: later(startsAt, { hours: 1 }) };
    const made = await user.send('createAppointment', { body: free, headers });
    expect(made.status).toBe(201);
    expect(made.headers).not.toHaveProperty('idempotency-replayed');
  });

  test('leaves an appointment as it is by a refused cancel', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 5 }) });
    const path = on(appointment);
    const before = await user.send('getAppointment', { path });
    const stale = { path, body: { reason: 'stale' }, headers: { 'if-match': '"another"' } };
    expect(await user.send('cancelAppointment', stale)).toBeProblem(412, 'stale-version');
    const invalid = { path, body: { reason: 'x'.repeat(501) } };
    expect(await user.send('cancelAppointment', invalid)).toBeProblem(400, 'validation-failed');
    expect(await user.send('cancelAppointment', { path, rawBody: '{"reason":"x"' })).toBeProblem(400, 'malformed-body');
    const after = await doctor.send('getAppointment', { path });
    expect([after.text, after.headers['etag']]).toEqual([before.text, before.headers['etag']]);
  });

  test('leaves no room and no start by a refused join', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 6 }) });
    const path = on(appointment);
    expect(await user.send('joinCall', { path })).toBeProblem(409, 'too-early');
    expect(await doctor.send('endCall', { path })).toBeProblem(409, 'invalid-transition');
    expect(await user.send('endCall', { path })).toBeProblem(403, 'forbidden-role');
    expect(await show(doctor, appointment)).toEqual(appointment);
    expect((await user.send('cancelAppointment', { path })).status).toBe(200);
    const cancelled = await show(user, appointment);
    expect(await doctor.send('joinCall', { path })).toBeProblem(409, 'too-early');
    expect(await doctor.send('endCall', { path })).toBeProblem(409, 'invalid-transition');
    expect(await show(doctor, appointment)).toEqual(cancelled);

    const near = await book(user, doctor, { startsAt: fromNow({ minutes: 5 }), durationMinutes: 5 });
    await doctor.send('cancelAppointment', { path: on(near) });
    const before = await show(user, near);
    expect(await user.send('joinCall', { path: on(near) })).toBeProblem(409, 'appointment-cancelled');
    expect(await show(doctor, near)).toEqual(before);
  });

  test('leaves no join counted by one that was refused', { needs: ['clock', 'peer'] }, async () => {
    const startsAt = fromNow({ hours: 4 });
    const appointment = await book(user, doctor, { startsAt });
    for (const minutes of [-20, -11]) {
      const now = later(startsAt, { minutes });
      expect(await doctor.send('joinCall', { path: on(appointment), now })).toBeProblem(409, 'too-early');
    }
    const grant = await joinPeer(doctor.at(startsAt), appointment);
    expect(grant.epoch).toBe(1);
    const { call } = await show(user.at(startsAt), appointment);
    expect(call).toMatchObject({ startedAt: startsAt, participants: [{ accountId: doctor.id, joinedAt: startsAt }] });
  });

  test('leaves a call as it is by what is refused in it', { needs: ['clock'] }, async () => {
    const now = fromNow({ hours: 2 });
    const appointment = await book(user, doctor, { startsAt: now });
    const [doctorNow, userNow, path] = [doctor.at(now), user.at(now), on(appointment)];
    const grant = await join(doctorNow, appointment);
    const before = await show(userNow, appointment);
    expect(await userNow.send('endCall', { path })).toBeProblem(403, 'forbidden-role');
    expect(await doctorNow.send('cancelAppointment', { path })).toBeProblem(409, 'invalid-transition');
    const invalid = { path, body: { connectionId: grant.connectionId, force: true } };
    expect(await doctorNow.send('leaveCall', invalid)).toBeProblem(400, 'validation-failed');
    expect(await show(userNow, appointment)).toEqual(before);
    expect((await doctorNow.send('endCall', { path })).status).toBe(200);
    const ended = await show(userNow, appointment);
    expect(await userNow.send('joinCall', { path })).toBeProblem(409, 'call-over');
    expect(await doctorNow.send('endCall', { path })).toBeProblem(409, 'invalid-transition');
    expect(await show(userNow, appointment)).toEqual(ended);
  });

  test('leaves no message and no mark by a refused one', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 7 }) });
    const path = on(appointment);
    const clientId = randomUUID();
    const first = await user.send('sendMessage', { path, body: { clientId, body: 'first' } });
    expect(first.status).toBe(201);
    const before = await doctor.send('listMessages', { path });
    const unread = await doctor.send('getUnreadCounts');
    expect(unread.body.items).toContainEqual({ appointmentId: appointment.id, count: 1 });
    for (const body of ['', ' \u2003\n', 'x'.repeat(4001)]) {
      const answer = await user.send('sendMessage', { path, body: { clientId: randomUUID(), body } });
      expect(answer).toBeProblem(400, 'validation-failed');
    }
    expect(await user.send('sendMessage', { path, body: { clientId, body: 'other' } })).toBeProblem(
      409,
      'client-id-reused',
    );
    expect(await doctor.send('markMessagesRead', { path, body: { upTo: NOTHING } })).toBeProblem(
      422,
      'unknown-message',
    );
    expect((await user.send('cancelAppointment', { path })).status).toBe(200);
    const late = { path, body: { clientId: randomUUID(), body: 'too late' } };
    expect(await user.send('sendMessage', late)).toBeProblem(409, 'appointment-cancelled');
    expect((await doctor.send('listMessages', { path })).body).toEqual(before.body);
    expect((await doctor.send('getUnreadCounts')).body).toEqual(unread.body);
  });

  test('leaves no event, and no gap between those before and after', async () => {
    const startsAt = fromNow({ days: 9 });
    const appointment = await book(user, doctor, { startsAt });
    const path = on(appointment);
    const stream = await openEvents(user);
    const before = await toldUntilNow(stream, doctor, appointment);
    const answers = [
      await user.send('createAppointment', { body: { doctorId: doctor.id, startsAt, durationMinutes: 30 } }),
      await user.send('cancelAppointment', { path, headers: { 'if-match': '"another"' } }),
      await user.send('joinCall', { path }),
      await doctor.send('endCall', { path }),
      await doctor.send('sendMessage', { path, body: { clientId: randomUUID(), body: '' } }),
      await doctor.send('markMessagesRead', { path, body: { upTo: NOTHING } }),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([409, 412, 409, 409, 400, 422]);
    const after = await toldUntilNow(stream, doctor, appointment);
    stream.close();
    expect(before).toEqual([]);
    expect(after.map(({ event }) => event)).toEqual(['message.created']);
    const [first, second] = stream.events.map(({ id }) => Number(id));
    expect(second).toBe((first ?? 0) + 1);
  });
});
