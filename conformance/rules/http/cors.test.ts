import { expect } from 'vitest';
import type { Answer } from '../../src/driver/answer.ts';
import { withServers } from '../../src/launched.ts';
import { rule } from '../../src/rule.ts';

const ORIGIN = 'https://client.example';
const SECOND = 'http://localhost:5173';
const ALLOWED = [
  'authorization',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'last-event-id',
  'x-request-id',
];
const EXPOSED = ['etag', 'idempotency-replayed', 'location', 'retry-after', 'x-request-id'];

function listed(value: string | undefined): string[] {
  return (value ?? '').toLowerCase().split(',').map((name) => name.trim()).sort(); // prettier-ignore
}

function preflight(origin: string, path: string, method: string) {
  const headers = {
    origin,
    'access-control-request-method': method,
    'access-control-request-headers': 'authorization,content-type',
  };
  return { method: 'OPTIONS', path, headers };
}

function corsHeaders(answer: Answer): string[] {
  return Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'));
}

rule('http/cors', ({ test }) => {
  test('gives a strange origin no CORS headers, on a preflight or else', async ({ target }) => {
    const strange = 'https://stranger.invalid';
    const asked = await target.raw(preflight(strange, '/v1/me', 'PATCH'));
    expect(asked.status).toBe(204);
    expect(corsHeaders(asked)).toEqual([]);
    const good = await target.nobody.send('getMeta', { headers: { origin: strange } });
    expect(good.status).toBe(200);
    expect(corsHeaders(good)).toEqual([]);
    const refused = await target.nobody.send('getMe', { headers: { origin: strange } });
    expect(refused.status).toBe(401);
    expect(corsHeaders(refused)).toEqual([]);
  });

  test('says Vary: Origin on every kind of answer', async ({ target }) => {
    const answers = [
      await target.nobody.send('getMeta'),
      await target.nobody.send('getMe'),
      await target.raw({ method: 'GET', path: '/v1/nowhere' }),
      await target.raw(preflight('https://stranger.invalid', '/v1/me', 'PATCH')),
    ];
    for (const answer of answers) expect(listed(answer.headers['vary'])).toContain('origin');
  });

  test('lets the configured origins in, each by its own name', { needs: ['launcher'] }, async ({ target }) => {
    await withServers(target, [{ CORS_ORIGINS: `${ORIGIN},${SECOND}` }], async ({ there }) => {
      for (const origin of [ORIGIN, SECOND]) {
        const asked = await there.raw(preflight(origin, '/v1/me', 'PATCH'));
        expect(asked.status).toBe(204);
        expect(asked.headers['access-control-allow-origin']).toBe(origin);
        expect(listed(asked.headers['access-control-allow-headers'])).toEqual(ALLOWED);
        expect(listed(asked.headers['access-control-allow-methods'])).toEqual(expect.arrayContaining(['get', 'patch']));
        for (const answer of [
          await there.nobody.send('getMeta', { headers: { origin } }),
          await there.nobody.send('getMe', { headers: { origin } }),
        ]) {
          expect(answer.headers['access-control-allow-origin']).toBe(origin);
          expect(listed(answer.headers['access-control-expose-headers'])).toEqual(EXPOSED);
        }
      }
      for (const origin of [
        'https://client.example.evil',
        'http://client.example',
        'https://client.example:8443',
        'null',
        'https://CLIENT.example.',
      ]) {
        expect(corsHeaders(await there.raw(preflight(origin, '/v1/me', 'PATCH')))).toEqual([]);
        expect(corsHeaders(await there.nobody.send('getMeta', { headers: { origin } }))).toEqual([]);
      }
    });
  });
});
