import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { fromNow, later } from '../../src/instants.ts';
import { rule } from '../../src/rule.ts';

const HUGE = ' '.repeat(65_537);
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

rule('http/order-of-checks', ({ test, people }) => {
  const [doctor, user, other] = people('doctor', 'user', 'user');

  test('tells an unknown path before a method, a method before a session', async ({ target }) => {
    const authorization = 'Bearer wrong';
    expect(await target.raw({ method: 'DELETE', path: '/v1/nowhere', headers: { authorization } })).toBeProblem(
      404,
      'not-found',
    );
    expect(await target.raw({ method: 'DELETE', path: '/v1/me', headers: { authorization } })).toBeProblem(
      405,
      'method-not-allowed',
    );
  });

  test('tells a missing session before anything about the body', async ({ target }) => {
    expect(await target.nobody.send('updateMe', { rawBody: HUGE })).toBeProblem(401, 'unauthenticated');
    expect(await target.nobody.send('updateMe', { rawBody: 'x', contentType: 'text/plain' })).toBeProblem(
      401,
      'unauthenticated',
    );
    expect(await target.nobody.send('updateMe', { rawBody: '{' })).toBeProblem(401, 'unauthenticated');
    expect(await target.nobody.send('listDoctors', { query: { limit: '0' } })).toBeProblem(401, 'unauthenticated');
    expect(await target.nobody.send('getAppointment', { path: { appointmentId: 'x' } })).toBeProblem(
      401,
      'unauthenticated',
    );
  });

  test('tells body limit, media type, malformed body, validation in turn', async () => {
    const query = { unknown: '1' };
    expect(await user.send('updateMe', { rawBody: HUGE, contentType: 'text/plain', query })).toBeProblem(
      413,
      'payload-too-large',
    );
    expect(await user.send('updateMe', { rawBody: '{', contentType: 'text/plain', query })).toBeProblem(
      415,
      'unsupported-media-type',
    );
    expect(await user.send('updateMe', { rawBody: '{', query })).toBeProblem(400, 'malformed-body');
    expect(await user.send('updateMe', { body: {}, query })).toBeProblem(400, 'validation-failed');
  });

  test('tells a reused key before an unknown participant', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const body = { doctorId: doctor.id, startsAt: TOMORROW, durationMinutes: 5 };
    expect((await user.send('createAppointment', { body, headers })).status).toBe(201);
    const another = { ...body, doctorId: randomUUID() };
    expect(await user.send('createAppointment', { body: another, headers })).toBeProblem(422, 'idempotency-key-reused');
    expect(await user.send('createAppointment', { body: { ...another, startsAt: 'x' }, headers })).toBeProblem(
      400,
      'validation-failed',
    );
  });

  test('tells participant, start and slot of a booking in turn', async () => {
    const past = '2001-01-01T00:00:00Z';
    const startsAt = new Date(Date.parse(TOMORROW) + 3_600_000).toISOString();
    const booking = { doctorId: doctor.id, startsAt, durationMinutes: 5 };
    expect((await user.send('createAppointment', { body: booking })).status).toBe(201);
    expect(
      await user.send('createAppointment', { body: { ...booking, doctorId: other.id, startsAt: past } }),
    ).toBeProblem(422, 'unknown-participant');
    expect(await user.send('createAppointment', { body: { ...booking, startsAt: past } })).toBeProblem(
      422,
      'invalid-start',
    );
    expect(await user.send('createAppointment', { body: booking })).toBeProblem(409, 'slot-taken');
  });

  test('tells an impossible start of a booking before a taken slot', { needs: ['clock'] }, async () => {
    const startsAt = fromNow({ hours: 2 });
    const booking = { doctorId: doctor.id, startsAt, durationMinutes: 30 };
    expect((await user.send('createAppointment', { body: booking })).status).toBe(201);
    const afterwards = user.at(later(startsAt, { minutes: 1 }));
    expect(await afterwards.send('createAppointment', { body: booking })).toBeProblem(422, 'invalid-start');
  });

  test('tells not found before If-Match, If-Match before the state', async () => {
    const startsAt = new Date(Date.parse(TOMORROW) + 7_200_000).toISOString();
    const booked = await user.send('createAppointment', {
      body: { doctorId: doctor.id, startsAt, durationMinutes: 5 },
    });
    const path = { appointmentId: booked.body.id };
    const headers = { 'if-match': '"stale"' };
    expect(await other.send('cancelAppointment', { path, headers })).toBeProblem(404, 'not-found');
    expect(await other.send('cancelAppointment', { path, body: { unknown: 1 } })).toBeProblem(400, 'validation-failed');
    expect((await user.send('cancelAppointment', { path })).status).toBe(200);
    expect(await user.send('cancelAppointment', { path, headers })).toBeProblem(412, 'stale-version');
    expect(await user.send('cancelAppointment', { path })).toBeProblem(409, 'invalid-transition');
  });

  test('tells a range that is too long only of a range that is one', async () => {
    const path = { doctorId: doctor.id };
    const backwards = { from: '2031-03-01T00:00:00Z', to: '2030-01-01T00:00:00Z' };
    expect(await user.send('listBusyTimes', { path, query: backwards })).toBeProblem(422, 'invalid-range');
    const unknown = { path: { doctorId: randomUUID() }, query: backwards };
    expect(await user.send('listBusyTimes', unknown)).toBeProblem(404, 'not-found');
  });

  test('tells a missing invite before a taken email', async ({ target }) => {
    const body = { email: user.email, password: 'long enough for anybody', displayName: 'Duet', role: 'doctor' };
    expect(await target.nobody.send('createAccount', { body })).toBeProblem(403, 'invite-required');
  });

  test('tells a wrong role before the state, on ending a call', async () => {
    const startsAt = new Date(Date.parse(TOMORROW) + 10_800_000).toISOString();
    const booked = await user.send('createAppointment', {
      body: { doctorId: doctor.id, startsAt, durationMinutes: 5 },
    });
    const path = { appointmentId: booked.body.id };
    expect(await other.send('endCall', { path })).toBeProblem(404, 'not-found');
    expect(await user.send('endCall', { path })).toBeProblem(403, 'forbidden-role');
    expect(await doctor.send('endCall', { path })).toBeProblem(409, 'invalid-transition');
  });

  test('tells of a join that is both too early and cancelled: too early', async () => {
    const startsAt = new Date(Date.parse(TOMORROW) + 14_400_000).toISOString();
    const booked = await user.send('createAppointment', {
      body: { doctorId: doctor.id, startsAt, durationMinutes: 5 },
    });
    const path = { appointmentId: booked.body.id };
    expect((await user.send('cancelAppointment', { path })).status).toBe(200);
    expect(await user.send('joinCall', { path })).toBeProblem(409, 'too-early');
  });

  test('ignores a token, good or bad, on open operations', async ({ target }) => {
    for (const token of [user.token, 'wrong', ''])
      expect((await target.nobody.send('getMeta', { token })).status).toBe(200);
    const login = await target.nobody.send('login', {
      token: 'wrong',
      body: { email: user.email, password: user.password },
    });
    expect(login.status).toBe(201);
  });
});
