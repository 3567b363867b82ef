import { expect } from 'vitest';
import { rule } from '../../src/rule.ts';

const UNKNOWN = [
  '/', '/v1', '/v2/meta', '/nowhere', '/v1/nowhere', '/v1/meta/', '/v1/Meta', '/V1/meta', '//v1/meta', '/v1//meta', '/healthz/', '/v1/accounts/1',
  '/v1/sessions/other', '/v1/me/', '/v1/appointments/', '/v1/meta.json', '/v1/meta;x=1', '/v1/%6Deta',
  '/v1/%6Deta/',
]; // prettier-ignore

rule('http/unknown-path', ({ test, people }) => {
  const [user] = people('user');

  test('answers 404 to a path that the contract does not have', async ({ target }) => {
    for (const path of UNKNOWN) expect(await target.raw({ method: 'GET', path }), path).toBeProblem(404, 'not-found');
  });

  test('answers 404 whatever the method, session, query and body', async ({ target }) => {
    const headers = { authorization: `Bearer ${user.token}` };
    expect(await target.raw({ method: 'GET', path: '/v1/nowhere', headers })).toBeProblem(404, 'not-found');
    for (const method of ['DELETE', 'PUT', 'PATCH', 'OPTIONS'])
      expect(await target.raw({ method, path: '/v1/nowhere' }), method).toBeProblem(404, 'not-found');
    expect(await target.raw({ method: 'GET', path: '/v1/nowhere?x=%zz' })).toBeProblem(404, 'not-found');
    const posted = { method: 'POST', path: '/v1/nowhere', headers: { 'content-type': 'text/plain' }, body: 'text' };
    expect(await target.raw(posted)).toBeProblem(404, 'not-found');
  });
});
