import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { buildApp } from '../app.ts';
import { readConfig, readDatabaseUrl } from '../config.ts';
import { startCollector, type FakeCollector } from './fake-collector.ts';

const password = 'correct horse battery';
const account = { role: 'user', email: `${randomUUID()}@duet.invalid`, password, displayName: 'Duet Traced' };

let collector: FakeCollector;
beforeAll(async () => {
  collector = await startCollector();
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.url);
});
afterAll(() => collector.close());

it.each(['statements', 'orm'])(
  'shows what a request asked of the database (%s)',
  { timeout: 30_000 },
  async (hotPaths) => {
    const config = readConfig({
      DATABASE_URL: readDatabaseUrl(),
      DOCTOR_INVITE_CODE: 'let-me-in',
      CURSOR_SECRET: 'x'.repeat(32),
      HOT_PATHS: hotPaths,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    });
    const app = await buildApp(config, pino({ level: 'silent' }));
    const email = `${hotPaths}-${account.email}`;
    const signedUp = await app.inject({ method: 'POST', url: '/v1/accounts', payload: { ...account, email } });
    expect(signedUp.statusCode, signedUp.body).toBe(201);
    const loggedIn = await app.inject({ method: 'POST', url: '/v1/sessions', payload: { email, password } });
    const { token } = loggedIn.json<{ token: string }>();
    const me = await app.inject({ url: '/v1/me', headers: { authorization: `Bearer ${token}` } });
    expect(me.statusCode).toBe(200);
    await app.close();

    const request = collector.spans.findLast((span) => span.name === 'GET /v1/me');
    const statements = collector.spans.filter((span) => span.parentSpanId === request?.spanId);
    expect(statements.length).toBeGreaterThan(0);
    expect(statements.map((span) => span.traceId)).toEqual(statements.map(() => request?.traceId));
    expect(statements.map((span) => String(span.attributes['db.query.text'])).join('\n')).toMatch(
      /FROM\b.*\bsessions\b/s,
    );
    const orphans = collector.spans.filter((span) => span.kind === 'client' && span.parentSpanId === '');
    expect(orphans).toEqual([]);
    const all = JSON.stringify(collector.spans);
    for (const secret of [token, password, email, account.displayName]) expect(all).not.toContain(secret);
  },
);
