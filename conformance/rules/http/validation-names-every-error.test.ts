import { expect, inject } from 'vitest';
import type { Answer } from '../../src/driver/answer.ts';
import { keepsBothSides } from '../../src/negatives/both-sides.ts';
import { fuzzed } from '../../src/negatives/fuzzed.ts';
import { fromNow } from '../../src/instants.ts';
import { rule } from '../../src/rule.ts';

const RULES = /^(unknown|repeated|[a-z][A-Za-z]+)$/;

/** The distinct places, as `in pointer`, sorted. */
function places(answer: Answer): string[] {
  expect(answer).toBeProblem(400, 'validation-failed');
  for (const { rule: broken, message } of answer.problem.errors) {
    expect(broken).toMatch(RULES);
    expect(message).toMatch(/\S/);
  }
  return [...new Set(answer.problem.errors.map((place) => `${place.in} ${place.pointer}`))].sort();
}

rule('http/validation-names-every-error', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');

  test('names every missing and wrong property of a body', async ({ target }) => {
    const missing = await target.nobody.send('createAccount', { body: {} });
    expect(places(missing)).toEqual(['body /displayName', 'body /email', 'body /password', 'body /role']);
    expect(missing.problem.errors.map(({ rule: broken }) => broken)).toEqual([
      'required',
      'required',
      'required',
      'required',
    ]);
    const wrong = await target.nobody.send('createAccount', {
      body: {
        email: 'no at sign',
        password: 'short',
        displayName: ' ',
        role: 'admin',
        inviteCode: 5,
        more: true,
        again: null,
      },
    });
    expect(places(wrong)).toEqual([
      'body /again',
      'body /displayName',
      'body /email',
      'body /inviteCode',
      'body /more',
      'body /password',
      'body /role',
    ]);
  });

  test('names places of query, header and body together', async () => {
    const answer = await user.send('createAppointment', {
      query: { dryRun: 'true' },
      headers: { 'idempotency-key': 'not visible ascii: ä'.replace('ä', '\u00e4') },
      body: { doctorId: 'x', startsAt: 'tomorrow', durationMinutes: 7, reason: 5, note: '' },
    });
    expect(places(answer)).toEqual([
      'body /doctorId', 'body /durationMinutes', 'body /note', 'body /reason', 'body /startsAt', 'header /Idempotency-Key', 'query /dryRun',
    ]); // prettier-ignore
  });

  test('names places of path, query and header together', async () => {
    const answer = await user.send('getAppointment', {
      path: { appointmentId: 'first' },
      query: { expand: 'call' },
      headers: { 'if-none-match': 'unquoted' },
    });
    expect(places(answer)).toEqual(['header /If-None-Match', 'path /appointmentId', 'query /expand']);
  });

  test('names every wrong and missing query parameter', async () => {
    const listed = await user.send('listAppointments', {
      query: { status: 'done', from: 'now', to: '2031-02-30T00:00:00Z', limit: '101', cursor: '' },
    });
    expect(places(listed)).toEqual(['query /cursor', 'query /from', 'query /limit', 'query /status', 'query /to']);
    const bounds = await user.send('listBusyTimes', { path: { doctorId: doctor.id } });
    expect(places(bounds)).toEqual(['query /from', 'query /to']);
    expect(bounds.problem.errors.map(({ rule: broken }) => broken)).toEqual(['required', 'required']);
  });

  test('names a missing counterpart beside what else is wrong', async () => {
    const byUser = await user.send('createAppointment', { body: { userId: doctor.id, durationMinutes: 4 } });
    expect(places(byUser)).toEqual(['body /doctorId', 'body /durationMinutes', 'body /startsAt', 'body /userId']);
    const byDoctor = await doctor.send('createAppointment', { body: { reason: 'x'.repeat(501) } });
    expect(places(byDoctor)).toEqual(['body /durationMinutes', 'body /reason', 'body /startsAt', 'body /userId']);
  });

  test('names the keyword that each place breaks', async () => {
    const answer = await user.send('updateMe', { body: { displayName: 'a'.repeat(101), timeZone: 'Europe/Atlantis' } });
    expect(answer.problem.errors.map(({ pointer, rule: broken }) => [pointer, broken]).sort()).toEqual([
      ['/displayName', 'maxLength'],
      ['/timeZone', 'enum'],
    ]);
    const nothing = await user.send('updateMe', { body: { displayName: null, timeZone: 5 } });
    expect(places(nothing)).toEqual(['body /displayName', 'body /timeZone']);
    expect(nothing.problem.errors).toContainEqual(expect.objectContaining({ pointer: '/displayName', rule: 'type' }));
  });

  test('names the whole body by the empty pointer', async () => {
    const answer = await user.send('updateMe', { body: ['displayName'] });
    expect(places(answer)).toEqual(['body ']);
  });

  test('names 100 places and counts the rest', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 130 }, (_, index) => [`unknown${index}`, index]));
    const many = await user.send('updateMe', { body: unknown });
    expect(many).toBeProblem(400, 'validation-failed');
    expect(many.problem.errors.length).toBe(100);
    expect(many.problem.errorsOmitted).toBe(30);
    const exactly = await user.send('updateMe', { body: Object.fromEntries(Object.entries(unknown).slice(0, 100)) });
    expect(exactly.problem.errors.length).toBe(100);
    expect(exactly.problem.errorsOmitted).toBe(0);
  });

  test('takes what cannot be decoded in a path or query as invalid', async ({ target }) => {
    const headers = { authorization: `Bearer ${user.token}` };
    const inPath = await target.raw({ method: 'GET', path: '/v1/doctors/%zz', headers });
    expect(places(inPath)).toEqual(['path /doctorId']);
    const inQuery = await target.raw({ method: 'GET', path: '/v1/doctors?q=%ff', headers });
    expect(places(inQuery)).toEqual(['query /q']);
    expect(places(await target.raw({ method: 'GET', path: '/v1/doctors?q=a%00b', headers }))).toEqual(['query /q']);
  });

  test('escapes the names of properties in pointers', async () => {
    const answer = await user.send('updateMe', { body: { 'a/b~c': 1, '~1': 2 } });
    expect(places(answer)).toEqual(['body /a~1b~0c', 'body /~01']);
  });

  test('takes a header that is empty for one that does not fit', async () => {
    const body = { doctorId: doctor.id, startsAt: fromNow({ days: 1 }), durationMinutes: 30 };
    const booked = await user.send('createAppointment', { body });
    expect(booked.status).toBe(201);
    const path = { appointmentId: booked.body.id };
    const again = { ...body, startsAt: fromNow({ days: 2 }) };
    const empty = (name: string) => ({ headers: { [name]: '' } });
    const answers = [
      await user.send('createAppointment', { body: again, ...empty('idempotency-key') }),
      await user.send('cancelAppointment', { path, ...empty('if-match') }),
      await user.send('getAppointment', { path, ...empty('if-none-match') }),
    ];
    expect(answers.map(places)).toEqual([['header /Idempotency-Key'], ['header /If-Match'], ['header /If-None-Match']]);
    expect((await user.send('getAppointment', { path })).body.status).toBe('scheduled');
  });

  keepsBothSides(test, 'http/validation-names-every-error', { doctor, user });
  fuzzed(test, { doctor, user }, inject('seed'));
});
