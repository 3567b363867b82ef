import { expect } from 'vitest';
import { uniqueName } from '../../src/actors.ts';
import type { Answer } from '../../src/driver/answer.ts';
import { keepsBothSides } from '../../src/negatives/both-sides.ts';
import { rule } from '../../src/rule.ts';

rule('http/closed-input', ({ test, people }) => {
  const [user, doctor] = people('user', 'doctor');

  test('refuses a body property that the contract does not have', async () => {
    const answer = await user.send('updateMe', { body: { displayName: 'Ada', role: 'doctor' } });
    expect(answer).toBeProblem(400, 'validation-failed');
    expect(answer.problem.errors).toEqual([
      { in: 'body', pointer: '/role', rule: 'unknown', message: expect.stringMatching(/\S/) },
    ]);
    expect((await user.send('getMe')).body).toEqual(user.account);
  });

  test('names an unknown property by its escaped JSON pointer', async () => {
    const answer = await user.send('updateMe', { rawBody: '{"a/b~c":1,"":2}' });
    expect(answer).toBeProblem(400, 'validation-failed');
    expect(answer.problem.errors.map(({ pointer }) => pointer).sort()).toEqual(['/', '/a~1b~0c']);
  });

  test('takes __proto__ and constructor as unknown properties like others', async () => {
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      const answer = await user.send('updateMe', { rawBody: `{"displayName":"Ada","${name}":{"role":"doctor"}}` });
      expect(answer, name).toBeProblem(400, 'validation-failed');
      expect(answer.problem.errors).toEqual([
        expect.objectContaining({ in: 'body', pointer: `/${name}`, rule: 'unknown' }),
      ]);
    }
  });

  test('refuses an unknown query parameter on every kind of operation', async ({ target }) => {
    const answers = [
      await user.send('listDoctors', { query: { page: '2' } }),
      await user.send('getMe', { query: { page: '2' } }),
      await target.nobody.send('getMeta', { query: { page: '2' } }),
      await user.send('updateMe', { query: { page: '2' }, body: { displayName: 'Ada' } }),
    ];
    for (const answer of answers) {
      expect(answer).toBeProblem(400, 'validation-failed');
      expect(answer.problem.errors).toEqual([
        expect.objectContaining({ in: 'query', pointer: '/page', rule: 'unknown' }),
      ]);
    }
  });

  test('refuses a repeated query parameter', async () => {
    const answer = await user.send('listDoctors', { query: { limit: ['5', '5'] } });
    expect(answer).toBeProblem(400, 'validation-failed');
    expect(answer.problem.errors).toEqual([
      expect.objectContaining({ in: 'query', pointer: '/limit', rule: 'repeated' }),
    ]);
  });

  test('takes no bracketed name and no other case for a parameter', async () => {
    for (const name of ['limit[]', 'Limit', 'limit[0]']) {
      const answer = await user.send('listDoctors', { query: { [name]: '5' } });
      expect(answer, name).toBeProblem(400, 'validation-failed');
      expect(answer.problem.errors).toEqual([
        expect.objectContaining({ in: 'query', pointer: `/${name}`, rule: 'unknown' }),
      ]);
    }
  });

  test('takes numbers in bodies and digits in queries only as themselves', async () => {
    const asText = await user.send('createAppointment', {
      body: { doctorId: user.id, startsAt: '2030-01-01T00:00:00Z', durationMinutes: '30' },
    });
    expect(asText).toBeProblem(400, 'validation-failed');
    expect(asText.problem.errors).toEqual([
      expect.objectContaining({ in: 'body', pointer: '/durationMinutes', rule: 'type' }),
    ]);
    for (const limit of ['5.0', '0x5', ' 5', '+5', '5e0', '', '1e1', 'five']) {
      const answer = await user.send('listDoctors', { query: { limit } });
      expect(answer, limit).toBeProblem(400, 'validation-failed');
      expect(answer.problem.errors[0]).toMatchObject({ in: 'query', pointer: '/limit' });
    }
  });

  test('reads an integer with leading zeros in a query as without', async ({ target }) => {
    const headers = { authorization: `Bearer ${user.token}` };
    for (const limit of ['01', `${'0'.repeat(40)}1`]) {
      const answer = await target.raw({ method: 'GET', path: `/v1/doctors?limit=${limit}`, headers });
      expect(answer.status, `${limit}: ${answer.text}`).toBe(200);
      expect((answer.body as { items: unknown[] }).items.length, limit).toBe(1);
    }
    for (const limit of ['00', '0101']) {
      const answer = await user.send('listDoctors', { query: { limit } });
      expect(answer, limit).toBeProblem(400, 'validation-failed');
      expect(answer.problem.errors).toEqual([expect.objectContaining({ in: 'query', pointer: '/limit' })]);
    }
  });

  test('parts a query at each & and at the first = alone', async ({ target }) => {
    const name = uniqueName();
    expect((await doctor.send('updateMe', { body: { displayName: `${name}=1=2` } })).status).toBe(200);
    const get = (query: string): Promise<Answer> => {
      const headers = { authorization: `Bearer ${user.token}` };
      return target.raw({ method: 'GET', path: `/v1/doctors?${query}`, headers });
    };
    for (const query of [`&q=${name}=1&&limit=5&`, `q=${name}%3D1=2`, `limit=5&q=${name}=1=`]) {
      const answer = await get(query);
      expect(answer.status, `${query}: ${answer.text}`).toBe(200);
      expect(
        (answer.body as { items: { id: string }[] }).items.map(({ id }) => id),
        query,
      ).toEqual([doctor.id]);
    }
    for (const query of ['limit', 'limit=', 'limit&q=a', '=&limit=']) {
      const answer = await get(query);
      expect(answer, query).toBeProblem(400, 'validation-failed');
      const empty = query.startsWith('=') ? ['/', '/limit'] : ['/limit'];
      expect(answer.problem.errors.map(({ pointer }) => pointer).sort(), query).toEqual(empty);
    }
  });

  keepsBothSides(test, 'http/closed-input', { doctor, user });
});
