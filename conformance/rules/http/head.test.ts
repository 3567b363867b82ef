import { expect } from 'vitest';
import { rule } from '../../src/rule.ts';

const COMPARED = ['content-type', 'cache-control', 'etag', 'x-content-type-options', 'www-authenticate', 'vary'];

rule('http/head', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');

  test('answers HEAD with the status and headers of GET and no body', async ({ target }) => {
    const startsAt = new Date(Date.now() + 86_400_000).toISOString();
    const booked = await user.send('createAppointment', {
      body: { doctorId: doctor.id, startsAt, durationMinutes: 30 },
    });
    const authorization = `Bearer ${user.token}`;
    const paths = ['/healthz', '/readyz', '/v1/meta', '/v1/me', '/v1/doctors?limit=1', `/v1/doctors/${doctor.id}`, '/v1/appointments', `/v1/appointments/${booked.body.id}`, `/v1/appointments/${booked.body.id}/calendar`]; // prettier-ignore
    for (const path of paths) {
      const get = await target.raw({ method: 'GET', path, headers: { authorization } });
      const head = await target.raw({ method: 'HEAD', path, headers: { authorization } });
      expect(get.status, path).toBe(200);
      expect(head.status, path).toBe(200);
      expect(head.bytes.length, path).toBe(0);
      for (const name of COMPARED) expect(head.headers[name], `${path} ${name}`).toBe(get.headers[name]);
    }
  });

  test('answers HEAD of the metrics, whose length is never the same', async ({ target }) => {
    const get = await target.raw({ method: 'GET', path: '/metrics' });
    const head = await target.raw({ method: 'HEAD', path: '/metrics' });
    expect([head.status, head.bytes.length, head.headers['content-type']]).toEqual([
      200,
      0,
      get.headers['content-type'],
    ]);
  });

  test('refuses HEAD as it refuses GET, without the body', async ({ target }) => {
    const authorization = `Bearer ${user.token}`;
    const cases = [
      { path: '/v1/me', headers: {}, status: 401 },
      { path: '/v1/nowhere', headers: {}, status: 404 },
      { path: '/v1/doctors?limit=0', headers: { authorization }, status: 400 },
      { path: `/v1/doctors/${user.id}`, headers: { authorization }, status: 404 },
      { path: '/v1/accounts', headers: {}, status: 405 },
    ];
    for (const { path, headers, status } of cases) {
      const head = await target.raw({ method: 'HEAD', path, headers });
      expect(head.status, path).toBe(status);
      expect(head.bytes.length, path).toBe(0);
      expect(head.headers['content-type'], path).toMatch(/^application\/problem\+json/);
    }
  });

  test('answers HEAD with the current ETag of If-None-Match by 304', async ({ target }) => {
    const startsAt = new Date(Date.now() + 2 * 86_400_000).toISOString();
    const booked = await user.send('createAppointment', {
      body: { doctorId: doctor.id, startsAt, durationMinutes: 30 },
    });
    const headers = { authorization: `Bearer ${user.token}`, 'if-none-match': booked.headers['etag'] ?? '' };
    const head = await target.raw({ method: 'HEAD', path: `/v1/appointments/${booked.body.id}`, headers });
    expect(head.status).toBe(304);
  });
});
