import { expect } from 'vitest';
import type { Answer } from '../../src/driver/answer.ts';
import { rule } from '../../src/rule.ts';

function expectProblem(answer: Answer, status: number, code: string): void {
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json(; ?charset=utf-8)?$/i);
  expect(answer.problem).toMatchObject({
    type: `/problems/${code}`,
    status,
    code,
    requestId: answer.headers['x-request-id'],
  });
  expect(answer.problem.title).toMatch(/\S/);
  expect(answer.problem.detail).toMatch(/\S/);
}

const PLAIN = ['code', 'detail', 'requestId', 'status', 'title', 'type'];

rule('http/problem', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');

  test('answers 404, 405 and 401 with a problem of exactly six members', async ({ target }) => {
    const answers = [
      [await target.raw({ method: 'GET', path: '/v1/nowhere' }), 404, 'not-found'],
      [await target.raw({ method: 'DELETE', path: '/v1/accounts' }), 405, 'method-not-allowed'],
      [await target.nobody.send('getMe'), 401, 'unauthenticated'],
      [
        await target.nobody.send('login', { body: { email: 'nobody@duet.invalid', password: 'nothing at all' } }),
        401,
        'invalid-credentials',
      ],
    ] as const;
    for (const [answer, status, code] of answers) {
      expectProblem(answer, status, code);
      expect(Object.keys(answer.problem).sort()).toEqual(PLAIN);
    }
  });

  test('answers an invalid request with errors and errorsOmitted besides', async () => {
    const answer = await user.send('updateMe', { body: { displayName: '' } });
    expectProblem(answer, 400, 'validation-failed');
    expect(Object.keys(answer.problem).sort()).toEqual([...PLAIN, 'errors', 'errorsOmitted'].sort());
    expect(answer.problem.errorsOmitted).toBe(0);
    expect(Object.keys(answer.problem.errors[0] ?? {}).sort()).toEqual(['in', 'message', 'pointer', 'rule']);
  });

  test('answers 400, 413 and 415 for what is wrong with a body', async () => {
    expectProblem(await user.send('updateMe', { rawBody: '{' }), 400, 'malformed-body');
    expectProblem(await user.send('updateMe', { rawBody: ' '.repeat(65_537) }), 413, 'payload-too-large');
    expectProblem(
      await user.send('updateMe', { rawBody: 'x', contentType: 'text/plain' }),
      415,
      'unsupported-media-type',
    );
  });

  test('answers 403, 409, 412 and 422 for what an operation refuses', async ({ target }) => {
    const body = {
      email: `other-${user.email}`,
      password: 'long enough for anybody',
      displayName: 'Duet',
      role: 'doctor',
      inviteCode: 'wrong',
    };
    expectProblem(await target.nobody.send('createAccount', { body }), 403, 'invite-required');
    expectProblem(
      await target.nobody.send('createAccount', { body: { ...body, email: user.email, role: 'user' } }),
      409,
      'email-taken',
    );
    const startsAt = new Date(Date.now() + 86_400_000).toISOString();
    const booking = { doctorId: doctor.id, startsAt, durationMinutes: 30 };
    const booked = await user.send('createAppointment', { body: booking });
    const path = { appointmentId: booked.body.id };
    expectProblem(await user.send('createAppointment', { body: booking }), 409, 'slot-taken');
    expectProblem(
      await user.send('createAppointment', { body: { ...booking, doctorId: user.id } }),
      422,
      'unknown-participant',
    );
    expectProblem(
      await user.send('cancelAppointment', { path, headers: { 'if-match': '"another"' } }),
      412,
      'stale-version',
    );
    expect((await user.send('cancelAppointment', { path })).status).toBe(200);
    expectProblem(await user.send('cancelAppointment', { path }), 409, 'invalid-transition');
  });
});
