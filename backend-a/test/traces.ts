import { randomUUID } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { startTracedApplication } from '../src/tracing/application.sample.ts';
import { startCollector, type CollectedSpan } from '../src/tracing/collector.sample.ts';

const inviteCode = 'a good invite code';

afterEach(() => vi.unstubAllEnvs());

type Send = (method: string, path: string, body?: object, token?: string) => Promise<Record<string, string>>;

/** What was sent, byte for byte and as spans, of everything that the work asks of an application with its database. */
async function tracedDuring(hotPaths: string, work: (send: Send) => Promise<void>) {
  const databaseUrl = process.env['DATABASE_URL'];
  if (!databaseUrl) throw new Error('DATABASE_URL: is missing; set it to a database that is migrated');
  const collector = await startCollector();
  const otel = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' };
  for (const [name, value] of Object.entries(otel)) vi.stubEnv(name, value);
  const secrets = { DOCTOR_INVITE_CODE: inviteCode, CURSOR_SECRET: randomUUID() };
  const env = { ...otel, ...secrets, DATABASE_URL: databaseUrl, HOT_PATHS: hotPaths };
  const { url, server, database, traces } = await startTracedApplication(env, {
    requests: (_request, _response, next) => next(),
    warn: (message) => expect.fail(message),
  });
  await database.connect((cause) => expect.fail(String(cause)));
  try {
    await work(async (method, path, body, token) => {
      const headers = {
        ...(body && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      };
      const init: RequestInit = { method, headers, ...(body && { body: JSON.stringify(body) }) };
      const response = await fetch(url + path, init);
      const answer = await response.text();
      expect(response.ok, answer).toBe(true);
      return JSON.parse(answer);
    });
    await traces.end();
    return { sent: collector.bodies.join(), spans: collector.spans() };
  } finally {
    server.close();
    collector.close();
    await database.close();
  }
}

/** The statements of the one request of that name, in their order. */
function statementsOf(spans: readonly CollectedSpan[], name: string): string[] {
  const request = spans.find((span) => span.name === name);
  const below = spans.filter(({ parentSpanId }) => parentSpanId === request?.spanId);
  for (const { traceId, kind } of below) expect([traceId, kind]).toEqual([request?.traceId, 3]);
  return below.map(({ attributes }) => String(attributes['db.query.text']));
}

test.each(['statements', 'orm'])('requests have their statements below them, and no secret: %s', async (hotPaths) => {
  const person = (role: string) => ({
    email: `${randomUUID()}@duet.invalid`,
    password: `password ${randomUUID()}`,
    displayName: `Duet ${randomUUID()}`,
    role,
  });
  const doctor = { ...person('doctor'), specialty: 'Cardiology', inviteCode };
  const user = person('user');
  const [reason, text] = [`reason ${randomUUID()}`, `text ${randomUUID()}`];
  const secrets = [user.email, user.password, doctor.email, doctor.password, inviteCode, reason, text];

  const { sent, spans } = await tracedDuring(hotPaths, async (send) => {
    const { id: doctorId } = await send('POST', '/v1/accounts', doctor);
    await send('POST', '/v1/accounts', user);
    const { token = '' } = await send('POST', '/v1/sessions', { email: user.email, password: user.password });
    secrets.push(token);
    await send('GET', `/v1/doctors?q=${encodeURIComponent(doctor.displayName)}&limit=1`, undefined, token);
    const startsAt = new Date(Date.now() + 86_400_000).toISOString();
    const booking = { doctorId, startsAt, durationMinutes: 30, reason };
    const { id } = await send('POST', '/v1/appointments', booking, token);
    await send('POST', `/v1/appointments/${id}/messages`, { clientId: randomUUID(), body: text }, token);
    await send('POST', `/v1/appointments/${id}/cancel`, { reason }, token);
  });

  expect(secrets.filter((secret) => sent.includes(secret))).toEqual([]);
  expect(statementsOf(spans, 'GET /v1/doctors').join()).toMatch(/FROM "?sessions.*FROM "?accounts/s);
  const booking = statementsOf(spans, 'POST /v1/appointments');
  expect(booking.join()).toMatch(/FROM "?sessions.*INSERT INTO "?appointments/s);
  const list = spans.find(({ name }) => name === 'GET /v1/doctors');
  expect(list?.attributes['url.query']).toBe(String(new URLSearchParams({ q: doctor.displayName, limit: '1' })));
});
