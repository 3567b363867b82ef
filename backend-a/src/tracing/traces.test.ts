import type { Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { traceQuery } from '../db/query-trace.ts';
import { startTracedApplication } from './application.sample.ts';
import { startCollector, type Collector } from './collector.sample.ts';
import type { Traces } from './traces.ts';

const settings = {
  DATABASE_URL: 'postgres://nobody@localhost:1/never-reached',
  DOCTOR_INVITE_CODE: 'a good code',
  CURSOR_SECRET: '0123456789abcdef0123456789abcdef',
};
const secret = 'hunter2-hunter2';
const callersTrace = '0af7651916cd43dd8448eb211c80319c';

let collector: Collector;
let server: Server;
let traces: Traces;
const traceIds: (string | undefined)[] = [];

beforeEach(async () => {
  collector = await startCollector();
  traceIds.length = 0;
});

afterEach(() => {
  vi.unstubAllEnvs();
  server.close();
  collector.close();
});

/** The application with a query of its own in each request, traced as the settings say. */
async function start(otel: Record<string, string> = {}): Promise<string> {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', ...otel };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const started = await startTracedApplication(
    { ...settings, ...env },
    {
      requests: (_request, response, next) => {
        traceIds.push(response.locals.traceId);
        traceQuery({ name: 'a', text: 'SELECT $1', parameters: [secret], milliseconds: 2, failure: undefined });
        const failure = Object.assign(new Error(`no row for ${secret}`), { code: '23505' });
        traceQuery({ name: undefined, text: 'insert INTO a', parameters: [secret], milliseconds: 1, failure });
        next();
      },
      warn: () => undefined,
    },
  );
  ({ server, traces } = started);
  return started.url;
}

async function spansAfter(url: string, init: RequestInit = {}) {
  const response = await fetch(url, init);
  await response.text();
  await traces.end();
  const spans = collector.spans();
  return { response, spans, request: spans.find(({ kind }) => kind === 2) };
}

describe('a traced request', () => {
  test('is a span named by method and documented path, with its request id', async () => {
    const { request, response } = await spansAfter(`${await start()}/v1/meta`, { headers: { 'x-request-id': 'mine' } });
    expect(response.status).toBe(200);
    expect(request).toMatchObject({
      name: 'GET /v1/meta',
      parentSpanId: '',
      status: {},
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/v1/meta',
        'url.path': '/v1/meta',
        'url.scheme': 'http',
        'http.response.status_code': 200,
        'http.response.header.x-request-id': ['mine'],
      },
      resource: { 'service.name': 'backend-a', 'service.instance.id': expect.any(String) },
    });
    expect(traceIds).toEqual([request?.traceId]);
  });

  test('has its queries below it, inside its time', async () => {
    const { request, spans } = await spansAfter(`${await start()}/v1/meta`);
    const queries = spans.filter(({ kind }) => kind === 3);
    expect(queries).toMatchObject([
      { name: 'a', status: {}, attributes: { 'db.system.name': 'postgresql', 'db.query.text': 'SELECT $1' } },
      { name: 'INSERT', status: { code: 2 }, attributes: { 'error.type': '23505', 'db.operation.name': 'INSERT' } },
    ]);
    for (const query of queries) {
      expect([query.traceId, query.parentSpanId]).toEqual([request?.traceId, request?.spanId]);
      expect(BigInt(query.endTimeUnixNano)).toBeLessThanOrEqual(BigInt(request?.endTimeUnixNano ?? 0));
      expect(Number(BigInt(query.endTimeUnixNano) - BigInt(query.startTimeUnixNano))).toBeGreaterThan(900_000);
    }
  });

  test('keeps what is secret to itself', async () => {
    const base = await start();
    const headers = { authorization: `Bearer ${secret}`, cookie: secret, 'user-agent': secret };
    await fetch(`${base}/v1/${secret}?token=${secret}`, { headers });
    await fetch(`${base}/v1/me?${secret}=${secret}`, { headers });
    await fetch(`${base}/v1/meta?password=${secret}&x=${secret}`, { headers });
    const body = JSON.stringify({ email: 'a@duet.invalid', password: secret });
    const { spans } = await spansAfter(`${base}/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(spans.map(({ name }) => name)).toEqual(expect.arrayContaining(['GET', 'GET /v1/me', 'POST /v1/sessions']));
    expect(collector.bodies.join()).not.toContain(secret);
    expect(collector.bodies.join()).not.toContain('a@duet.invalid');
  });

  test('is a failure when the answer is one, told by its kind alone', async () => {
    const body = JSON.stringify({ email: 'a@duet.invalid', password: secret });
    const headers = { 'content-type': 'application/json' };
    const { request } = await spansAfter(`${await start()}/v1/sessions`, { method: 'POST', headers, body });
    expect(request).toMatchObject({ name: 'POST /v1/sessions', status: { code: 2 } });
    expect(request?.attributes).toMatchObject({ 'http.response.status_code': 503, 'error.type': 'NotConnectedError' });
  });

  test('goes on with the trace of its caller', async () => {
    const headers = { traceparent: `00-${callersTrace}-b7ad6b7169203331-01` };
    const { request } = await spansAfter(`${await start()}/v1/meta`, { headers });
    expect(request).toMatchObject({ traceId: callersTrace, parentSpanId: 'b7ad6b7169203331' });
    expect(traceIds).toEqual([callersTrace]);
  });

  test('is not sent when its caller does not sample, but keeps its trace', async () => {
    const headers = { traceparent: `00-${callersTrace}-b7ad6b7169203331-00` };
    expect(await spansAfter(`${await start()}/v1/meta`, { headers })).toMatchObject({ spans: [] });
    expect(traceIds).toEqual([callersTrace]);
  });

  test.each(['/healthz', '/readyz', '/metrics'])('is none when it is for %s', async (path) => {
    expect((await spansAfter((await start()) + path)).spans).toEqual([]);
    expect(traceIds).toEqual([undefined]);
  });
});

describe("OpenTelemetry's settings", () => {
  test('name the service and add to it', async () => {
    const otel = { OTEL_SERVICE_NAME: 'mine', OTEL_RESOURCE_ATTRIBUTES: 'service.name=other,deployment.environment=x' };
    const { request } = await spansAfter(`${await start(otel)}/v1/meta`);
    expect(request?.resource).toMatchObject({ 'service.name': 'mine', 'deployment.environment': 'x' });
  });

  test.each([
    { OTEL_TRACES_SAMPLER: 'always_off' },
    { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' },
    { OTEL_TRACES_SAMPLER: 'parentbased_always_off' },
  ])('say what is sampled: %o', async (otel) => {
    expect((await spansAfter(`${await start(otel)}/v1/meta`)).spans).toEqual([]);
  });

  test('may say that callers are not followed', async () => {
    const headers = { traceparent: `00-${callersTrace}-b7ad6b7169203331-01` };
    const { request } = await spansAfter(`${await start({ OTEL_PROPAGATORS: 'none' })}/v1/meta`, { headers });
    expect(request?.traceId).not.toBe(callersTrace);
  });

  test('send protobuf unless told otherwise', async () => {
    const response = await fetch(`${await start({ OTEL_EXPORTER_OTLP_PROTOCOL: '' })}/v1/meta`);
    await response.text();
    await traces.end();
    expect(collector.contentTypes).toEqual(['application/x-protobuf']);
    expect(collector.bodies.join()).toContain('GET /v1/meta');
  });
});
