import { expect } from 'vitest';
import { rule } from '../../src/rule.ts';

const ID = '0197f3c2-5b1e-7c41-9a50-3f6c2f1b8d01';
const PATHS: [path: string, allow: string[]][] = [
  ['/v1/meta', ['GET', 'HEAD', 'OPTIONS']],
  ['/v1/accounts', ['OPTIONS', 'POST']],
  ['/v1/sessions', ['DELETE', 'OPTIONS', 'POST']],
  ['/v1/sessions/current', ['DELETE', 'OPTIONS']],
  ['/v1/me', ['GET', 'HEAD', 'OPTIONS', 'PATCH']],
  ['/v1/doctors', ['GET', 'HEAD', 'OPTIONS']],
  [`/v1/doctors/${ID}`, ['GET', 'HEAD', 'OPTIONS']],
  [`/v1/doctors/${ID}/busy-times`, ['GET', 'HEAD', 'OPTIONS']],
  ['/v1/appointments', ['GET', 'HEAD', 'OPTIONS', 'POST']],
  [`/v1/appointments/${ID}`, ['GET', 'HEAD', 'OPTIONS']],
  [`/v1/appointments/${ID}/cancel`, ['OPTIONS', 'POST']],
  [`/v1/appointments/${ID}/calendar`, ['GET', 'HEAD', 'OPTIONS']],
  ['/healthz', ['GET', 'HEAD', 'OPTIONS']],
  ['/readyz', ['GET', 'HEAD', 'OPTIONS']],
];

function listed(allow: string | undefined): string[] {
  return (allow ?? '').split(',').map((method) => method.trim()).sort(); // prettier-ignore
}

rule('http/method-not-allowed', ({ test }) => {
  for (const [path, allow] of PATHS) {
    test(`allows exactly ${allow.join(', ')} on ${path.replace(ID, '{id}')}`, async ({ target }) => {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((other) => !allow.includes(other))) {
        const answer = await target.raw({ method, path });
        expect(answer, method).toBeProblem(405, 'method-not-allowed');
        expect(listed(answer.headers['allow']), method).toEqual(allow);
      }
      const options = await target.raw({ method: 'OPTIONS', path });
      expect(options.status).toBe(204);
      expect(listed(options.headers['allow'])).toEqual(allow);
    });
  }

  test('refuses methods that are not in the contract at all', async ({ target }) => {
    for (const method of ['TRACE', 'PROPFIND', 'LOCK']) {
      expect(await target.raw({ method, path: '/v1/meta' }), method).toBeProblem(405, 'method-not-allowed');
    }
  });
});
