import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { SendOptions } from '../../src/actors.ts';
import { book, joinPeer, on, show } from '../../src/bookings.ts';
import type { Answer, OperationId } from '../../src/driver/answer.ts';
import { openEvents } from '../../src/driver/event-stream.ts';
import { fromNow } from '../../src/instants.ts';
import { WITH_SESSION } from '../../src/matrix/cells.ts';
import { answersAsTheTable } from '../../src/matrix/run-matrix.ts';
import { rule, within } from '../../src/rule.ts';

function slot(hours: number): { startsAt: string } {
  return { startsAt: fromNow({ days: 12, hours }) };
}

function expectUnknown(answer: Answer, place: string): void {
  expect(answer, place).toBeProblem(400, 'validation-failed');
  expect(answer.problem.errors.map((error) => `${error.in} ${error.pointer} ${error.rule}`)).toEqual([
    `${place} unknown`,
  ]);
}

/** Every operation on one appointment, with what would be a valid request. */
function operationsOn(appointment: { id: string }): [OperationId, SendOptions][] {
  const path = on(appointment);
  const connection = { connectionId: randomUUID() };
  return [
    ['getAppointment', { path }],
    ['cancelAppointment', { path, body: { reason: 'not mine' } }],
    ['getAppointmentCalendar', { path }],
    ['joinCall', { path }],
    ['keepPresence', { path, body: connection }],
    ['leaveCall', { path, body: connection }],
    ['endCall', { path }],
    ['sendSignal', { path, body: { ...connection, clientId: randomUUID(), epoch: 0, type: 'offer', data: {} } }],
    ['sendMessage', { path, body: { clientId: randomUUID(), body: 'not mine' } }],
    ['listMessages', { path }],
    ['showTyping', { path }],
    ['markMessagesRead', { path, body: { upTo: randomUUID() } }],
  ];
}

rule('sessions/own-data-only', ({ test, people }) => {
  const [doctor, colleague, ada, eve, stranger] = people('doctor', 'doctor', 'user', 'user', 'user');

  test('shows no other account than one’s own, whatever is named', async () => {
    for (const name of ['id', 'accountId', 'userId', 'email'])
      expectUnknown(await eve.send('getMe', { query: { [name]: name === 'email' ? ada.email : ada.id } }), `query /${name}`); // prettier-ignore
    const named = { 'x-account-id': ada.id, 'x-user-id': ada.id, 'x-forwarded-user': ada.email, from: ada.email, cookie: `token=${ada.token}; session=${ada.token}` }; // prettier-ignore
    for (const [name, value] of Object.entries(named)) {
      const me = await eve.send('getMe', { headers: { [name]: value } });
      expect(me.body, name).toEqual(eve.account);
    }
  });

  test('changes no other account than one’s own', async () => {
    for (const [name, value] of Object.entries({ id: ada.id, accountId: ada.id, userId: ada.id, email: ada.email }))
      expectUnknown(await eve.send('updateMe', { body: { [name]: value, displayName: 'Duet eve' } }), `body /${name}`);
    expectUnknown(await eve.send('updateMe', { query: { id: ada.id }, body: {} }), 'query /id');
    expect((await ada.send('getMe')).body).toEqual(ada.account);
    expect((await eve.send('getMe')).body).toEqual(eve.account);
  });

  test('logs nobody else out', async ({ target }) => {
    const login = await target.nobody.send('login', { body: { email: ada.email, password: ada.password } });
    const body = { id: login.body.id, sessionId: login.body.id, token: login.body.token, accountId: ada.id };
    expect((await (await eve.logInAgain()).send('logout', { body })).status).toBe(204);
    expect((await (await eve.logInAgain()).send('logoutEverywhere', { body })).status).toBe(204);
    for (const name of ['id', 'sessionId', 'accountId'])
      expectUnknown(await (await eve.logInAgain()).send('logout', { query: { [name]: login.body.id } }), `query /${name}`); // prettier-ignore
    const headers = { authorization: `Bearer ${(await eve.logInAgain()).token}` };
    const byId = await target.raw({ method: 'DELETE', path: `/v1/sessions/${login.body.id}`, headers });
    expect(byId).toBeProblem(404, 'not-found');
    expect((await ada.send('getMe', { token: login.body.token })).body).toEqual(ada.account);
    expect((await ada.send('getMe')).status).toBe(200);
  });

  test('hides an appointment of others from every operation', async () => {
    const appointment = await book(ada, doctor, { ...slot(0), reason: 'private' });
    for (const person of [stranger, colleague])
      for (const [operationId, options] of operationsOn(appointment)) {
        const answer = await person.send(operationId, options);
        expect(answer, operationId).toBeProblem(404, 'not-found');
        expect(answer.text).not.toContain('private');
      }
    expect(await show(ada, appointment)).toEqual(appointment);
    expect(await show(doctor, appointment)).toEqual(appointment);
  });

  test('lists one’s own appointments alone', async ({ target }) => {
    const [newcomer] = await target.people('user');
    await book(ada, doctor, slot(1));
    const own = await book(newcomer, doctor, slot(2));
    expect((await newcomer.send('listAppointments')).body).toEqual({ items: [own], nextCursor: null });
    expect((await colleague.send('listAppointments')).body).toEqual({ items: [], nextCursor: null });
    for (const name of ['userId', 'doctorId', 'accountId']) {
      const value = name === 'doctorId' ? doctor.id : ada.id;
      expectUnknown(await newcomer.send('listAppointments', { query: { [name]: value } }), `query /${name}`);
    }
  });

  test('books for nobody else', async () => {
    const body = { ...slot(3), durationMinutes: 30, doctorId: doctor.id };
    expect((await stranger.send('createAppointment', { body: { ...body, userId: ada.id } })).status).toBe(400);
    for (const name of ['accountId', 'createdBy', 'user']) {
      const answer = await stranger.send('createAppointment', { body: { ...body, [name]: ada.id } });
      expectUnknown(answer, `body /${name}`);
    }
    const forOther = { ...slot(3), durationMinutes: 30, doctorId: doctor.id, userId: ada.id };
    expect((await colleague.send('createAppointment', { body: forOther })).status).toBe(400);
    const booked = await stranger.send('createAppointment', { body });
    expect(booked.status).toBe(201);
    expect(booked.body.user.id).toBe(stranger.id);
  });

  test('repeats no answer to the idempotency key of another', async () => {
    const headers = { 'idempotency-key': `key-${randomUUID()}` };
    const body = { ...slot(4), durationMinutes: 30, doctorId: doctor.id, reason: 'private' };
    const first = await ada.send('createAppointment', { body, headers });
    expect(first.status).toBe(201);
    const same = await stranger.send('createAppointment', { body, headers });
    expect(same).toBeProblem(409, 'slot-taken');
    const own = await stranger.send('createAppointment', { body: { ...body, ...slot(5) }, headers });
    expect(own.status).toBe(201);
    expect(own.headers['idempotency-replayed']).toBeUndefined();
    expect(own.body.user.id).toBe(stranger.id);
    const again = await ada.send('createAppointment', { body, headers });
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
  });

  test('takes no cursor of another', async () => {
    for (const hours of [6, 7]) await book(ada, doctor, slot(hours));
    const page = await ada.send('listAppointments', { query: { limit: 1 } });
    const cursor = page.body.nextCursor ?? '';
    expect(cursor).not.toBe('');
    for (const person of [await eve.logInAgain(), colleague, doctor])
      expect(await person.send('listAppointments', { query: { limit: 1, cursor } })).toBeProblem(
        400,
        'validation-failed',
      );
    expect((await ada.send('listAppointments', { query: { limit: 1, cursor } })).status).toBe(200);
  });

  test('keeps the connections of two people apart', { needs: ['peer'] }, async () => {
    const appointment = await book(ada, doctor, { startsAt: fromNow({ minutes: 5 }), durationMinutes: 5 });
    const path = on(appointment);
    const [ofAda, ofDoctor] = [await joinPeer(ada, appointment), await joinPeer(doctor, appointment)];
    for (const [person, foreign] of [
      [ada, ofDoctor],
      [doctor, ofAda],
    ] as const) {
      const body = { connectionId: foreign.connectionId };
      expect(await person.send('keepPresence', { path, body })).toBeProblem(409, 'not-joined');
      expect((await person.send('leaveCall', { path, body })).status).toBe(204);
    }
    const { call } = await show(ada, appointment);
    expect(call.participants.map(({ accountId, connected }) => ({ accountId, connected }))).toEqual([
      { accountId: doctor.id, connected: true },
      { accountId: ada.id, connected: true },
    ]);
  });

  test('keeps messages, clientIds and unread counts apart', async ({ target }) => {
    const [newcomer] = await target.people('user');
    const path = on(await book(ada, doctor, slot(8)));
    const elsewhere = on(await book(newcomer, doctor, slot(9)));
    const clientId = randomUUID();
    const ofAda = await ada.send('sendMessage', { path, body: { clientId, body: 'private' } });
    expect(ofAda.status).toBe(201);
    const ofDoctor = await doctor.send('sendMessage', { path, body: { clientId, body: 'another' } });
    expect(ofDoctor.status).toBe(201);
    expect(ofDoctor.body).toMatchObject({ senderId: doctor.id, body: 'another' });
    const ofStranger = await newcomer.send('sendMessage', { path: elsewhere, body: { clientId, body: 'a third' } });
    expect(ofStranger.status).toBe(201);
    const id = ofAda.body.id;
    for (const query of [{ before: id }, { after: id }])
      expect(await newcomer.send('listMessages', { path: elsewhere, query })).toBeProblem(422, 'unknown-message');
    const mark = await newcomer.send('markMessagesRead', { path: elsewhere, body: { upTo: id } });
    expect(mark).toBeProblem(422, 'unknown-message');
    expect((await ada.send('getUnreadCounts')).body).toEqual({ items: [{ ...path, count: 1 }] });
    expect((await newcomer.send('getUnreadCounts')).body).toEqual({ items: [] });
    expectUnknown(await newcomer.send('getUnreadCounts', { query: { accountId: ada.id } }), 'query /accountId');
  });

  test('streams nobody else’s events, whatever id is named', async ({ target }) => {
    const [newcomer] = await target.people('user');
    const stream = await openEvents(newcomer, { lastEventId: '0' });
    try {
      for (const hours of [10, 11]) await book(ada, doctor, slot(hours));
      const own = await book(newcomer, doctor, slot(12));
      const told = await within(5, 'the event of one’s own booking comes', async () =>
        stream.events.find(({ event }) => event === 'appointment.created'),
      );
      expect(told.value).toMatchObject({ id: '1', data: { appointment: own } });
      expect(stream.events.length).toBe(1);
      expect(JSON.stringify(stream.events)).not.toContain(ada.id);
    } finally {
      stream.close();
    }
  });

  answersAsTheTable(test, WITH_SESSION);
});
