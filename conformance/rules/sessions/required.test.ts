import { createHash, randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { type SendOptions, uniqueName } from '../../src/actors.ts';
import type { Answer, OperationId } from '../../src/driver/answer.ts';
import { openEvents } from '../../src/driver/event-stream.ts';
import { later } from '../../src/instants.ts';
import { WITHOUT_SESSION } from '../../src/matrix/cells.ts';
import { answersAsTheTable } from '../../src/matrix/run-matrix.ts';
import { measure, rule, within } from '../../src/rule.ts';

const path = { appointmentId: randomUUID() };
const doctor = { doctorId: randomUUID() };
const connection = { connectionId: randomUUID() };
const range = { from: '2030-01-01T00:00:00Z', to: '2030-01-02T00:00:00Z' };

/** Every operation that needs a session, with what would be a valid request. */
const OPERATIONS: [OperationId, SendOptions][] = [
  ['logout', {}],
  ['logoutEverywhere', {}],
  ['getMe', {}],
  ['updateMe', { body: { displayName: 'Duet nobody' } }],
  ['listDoctors', { query: { q: 'heart' } }],
  ['getDoctor', { path: doctor }],
  ['listBusyTimes', { path: doctor, query: range }],
  ['createAppointment', { body: { ...doctor, startsAt: later(new Date().toISOString(), { days: 1 }), durationMinutes: 30 } }],
  ['listAppointments', {}],
  ['getAppointment', { path }],
  ['cancelAppointment', { path }],
  ['getAppointmentCalendar', { path }],
  ['joinCall', { path }],
  ['keepPresence', { path, body: connection }],
  ['leaveCall', { path, body: connection }],
  ['endCall', { path }],
  ['sendSignal', { path, body: { ...connection, clientId: randomUUID(), epoch: 0, type: 'offer', data: {} } }],
  ['sendMessage', { path, body: { clientId: randomUUID(), body: 'Hello' } }],
  ['listMessages', { path }],
  ['getUnreadCounts', {}],
  ['showTyping', { path }],
  ['markMessagesRead', { path, body: { upTo: randomUUID() } }],
  ['streamEvents', {}],
]; // prettier-ignore

function expectUnauthenticated(answer: Answer, what?: string): void {
  expect(answer, what).toBeProblem(401, 'unauthenticated');
  expect(answer.headers['www-authenticate'], what).toBe('Bearer');
}

/** Values of Authorization that carry no token in the one form there is, or not this one. */
function malformed(token: string): string[] {
  const basic = Buffer.from(`${token}:`).toString('base64');
  return ['', 'Bearer', 'Bearer ', token, `Basic ${basic}`, `Token ${token}`, `Bearer${token}`, `Bearer: ${token}`, `Bearer "${token}"`, `Bearer ${token} x`, `Bearer x ${token}`, `Bearer ${token},${token}`, `Bearer Bearer ${token}`]; // prettier-ignore
}

/** Tokens that nobody was given, most of them made from one that somebody was. */
function unknown(token: string, ids: string[]): string[] {
  const turned = `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`;
  const swapped = token.replace(/[a-z]/i, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase())); // prettier-ignore
  const hash = createHash('sha256').update(token).digest();
  const hashes = [hash.toString('hex'), hash.toString('base64url'), hash.toString('base64')];
  return [turned, swapped, token.slice(1), token.slice(0, -1), `${token}A`, token + token, 'null', 'undefined', '0', '%', '*', 'A'.repeat(43), 'A'.repeat(5000), ...hashes, ...ids]; // prettier-ignore
}

rule('sessions/required', ({ test, people }) => {
  const [user] = people('user');

  for (const [operationId, options] of OPERATIONS) {
    test(`asks for a session in ${operationId}`, async ({ target }) => {
      expectUnauthenticated(await target.nobody.send(operationId, options), 'without a token');
      expectUnauthenticated(await target.nobody.send(operationId, { ...options, token: 'A'.repeat(43) }), 'unknown');
      const headers = { authorization: `Basic ${Buffer.from('duet:duet').toString('base64')}` };
      expectUnauthenticated(await target.nobody.send(operationId, { ...options, headers }), 'malformed');
    });
  }

  test('takes a token in no other form and from no other place', async ({ target }) => {
    const token = user.token ?? '';
    for (const authorization of malformed(token))
      expectUnauthenticated(await target.nobody.send('getMe', { headers: { authorization } }), authorization);
    for (const name of ['token', 'access_token'])
      expectUnauthenticated(await target.nobody.send('getMe', { query: { [name]: token } }), name);
    for (const headers of [{ cookie: `token=${token}; session=${token}` }, { 'x-auth-token': token }])
      expectUnauthenticated(await target.nobody.send('getMe', { headers }), Object.keys(headers).join());
    expect((await user.send('getMe')).status).toBe(200);
  });

  test('takes the scheme in any letter case, and more than one space after it', async ({ target }) => {
    for (const scheme of ['bearer ', 'BEARER ', 'bEaReR ', 'Bearer   ']) {
      const headers = { authorization: `${scheme}${user.token}` };
      expect((await target.nobody.send('getMe', { headers })).status, scheme).toBe(200);
    }
  });

  test('knows no token but those it gave', async ({ target }) => {
    const login = await target.nobody.send('login', { body: { email: user.email, password: user.password } });
    for (const token of unknown(login.body.token, [login.body.id, user.id]))
      expectUnauthenticated(await target.nobody.send('getMe', { token }), token.slice(0, 60));
    expect((await target.nobody.send('getMe', { token: login.body.token })).status).toBe(200);
  });

  test('ends a session at exactly its expiresAt', { needs: ['clock'] }, async ({ target }) => {
    const person = await user.logInAgain('2045-06-07T08:00:00.500Z');
    const last = person.at('2045-06-07T20:00:00.499Z');
    const over = person.at('2045-06-07T20:00:00.500Z');
    for (const replica of target.replicas.keys()) {
      expect((await last.send('getMe', { replica })).status).toBe(200);
      expectUnauthenticated(await over.send('getMe', { replica }));
      expectUnauthenticated(await over.send('updateMe', { body: { displayName: 'Duet late' }, replica }));
      expectUnauthenticated(await over.send('logout', { replica }));
      expectUnauthenticated(await over.send('logoutEverywhere', { replica }));
    }
    expectUnauthenticated(await person.send('getMe', { now: '2099-01-01T00:00:00Z' }));
    // Asked for from later it was not served, and not forgotten either.
    expect((await last.send('getMe')).body).toEqual(user.account);
  });

  test('does not prolong a session that is used', { needs: ['clock'] }, async () => {
    const person = await user.logInAgain('2046-06-07T08:00:00Z');
    for (const hours of [3, 6, 9, 11])
      expect((await person.send('getMe', { now: later('2046-06-07T08:00:00Z', { hours }) })).status).toBe(200);
    expectUnauthenticated(await person.send('getMe', { now: '2046-06-07T20:00:00Z' }));
  });

  test('ignores any token on open operations', async ({ target }) => {
    const { email, password } = user;
    const account = { email: `open-${uniqueName()}@duet.invalid`, password, displayName: 'Duet open', role: 'user' };
    for (const authorization of ['Bearer wrong', 'Bearer', 'Basic eDp5', '']) {
      const headers = { authorization };
      expect((await target.nobody.send('getMeta', { headers })).status).toBe(200);
      expect((await target.nobody.send('login', { headers, body: { email, password } })).status).toBe(201);
      expect((await target.nobody.send('getLiveness', { headers })).status).toBe(200);
      expect((await target.nobody.send('getReadiness', { headers })).status).toBe(200);
    }
    const created = await target.nobody.send('createAccount', { token: 'wrong', body: account });
    expect(created.status).toBe(201);
    expect((await target.nobody.send('getMetrics', { token: 'wrong' })).status).toBe(200);
  });

  test('ends the stream of a session within 15 s of its expiry', { needs: ['clock'] }, async () => {
    const expiresAt = new Date(Date.now() + 2_000).toISOString();
    const person = await user.logInAgain(later(expiresAt, { hours: -12 }));
    const stream = await openEvents(person.at(new Date().toISOString()));
    try {
      await within(20, 'the stream ends', async () => stream.endedAt);
      const ms = Date.now() - Date.parse(expiresAt);
      measure('stream ends after expiry', ms, { bound: 15_000 });
      expect(ms).toBeGreaterThan(-1_000);
      expect(ms).toBeLessThan(15_500);
    } finally {
      stream.close();
    }
  });

  answersAsTheTable(test, WITHOUT_SESSION);
});
