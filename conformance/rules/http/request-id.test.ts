import { expect } from 'vitest';
import { rule } from '../../src/rule.ts';

const VALID = /^[A-Za-z0-9._-]{1,128}$/;

rule('http/request-id', ({ test }) => {
  test('echoes a valid id on a success, a 404, a 405, a 401 and a 400', async ({ target }) => {
    const ids = ['a', 'Trace-1.2_3', 'x'.repeat(128)];
    for (const id of ids) {
      const headers = { 'x-request-id': id };
      const answers = [
        await target.nobody.send('getMeta', { headers }),
        await target.raw({ method: 'GET', path: '/v1/nowhere', headers }),
        await target.raw({ method: 'PUT', path: '/v1/meta', headers }),
        await target.nobody.send('getMe', { headers }),
        await target.nobody.send('login', { headers, rawBody: '{' }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([200, 404, 405, 401, 400]);
      expect(answers.map((answer) => answer.headers['x-request-id'])).toEqual([id, id, id, id, id]);
      expect(answers.slice(1).map(({ problem }) => problem.requestId)).toEqual([id, id, id, id]);
    }
  });

  test('generates one where none is sent, another each time', async ({ target }) => {
    const ids = new Set<string>();
    for (let round = 0; round < 5; round += 1) {
      const answer = await target.nobody.send('getMeta');
      expect(answer.headers['x-request-id']).toMatch(VALID);
      ids.add(answer.headers['x-request-id'] ?? '');
    }
    expect(ids.size).toBe(5);
  });

  test('replaces an invalid id by a generated one', async ({ target }) => {
    for (const id of ['', 'x'.repeat(129), 'a b', 'a/b', 'ä', 'a,b', '<b>', 'a;b']) {
      const answer = await target.raw({ method: 'GET', path: '/v1/meta', headers: { 'x-request-id': id } });
      expect(answer.status).toBe(200);
      const generated = answer.headers['x-request-id'];
      expect(generated).toMatch(VALID);
      const mended = [
        id,
        id.slice(0, 128),
        id.replaceAll(/[^A-Za-z0-9._-]/g, ''),
        id.replaceAll(/[^A-Za-z0-9._-]/g, '_'),
      ];
      expect(mended, 'neither cut nor cleaned').not.toContain(generated);
    }
  });

  test('names the same id in header and problem when it is generated', async ({ target }) => {
    const answer = await target.nobody.send('getMe');
    expect(answer).toBeProblem(401, 'unauthenticated');
    expect(answer.problem.requestId).toBe(answer.headers['x-request-id']);
  });
});
