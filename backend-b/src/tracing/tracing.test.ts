import fastify, { type FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { buildApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { documented } from '../http/documented.ts';
import { startCollector, type FakeCollector, type ReceivedSpan } from './fake-collector.ts';
import { startTracing } from './tracing.ts';

const CALLER = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const settings = {
  DATABASE_URL: 'postgres://duet@127.0.0.1:1/duet',
  DOCTOR_INVITE_CODE: 'let-me-in',
  CURSOR_SECRET: 'x'.repeat(32),
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
};

// Whoever starts an app waits for a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });
const patient = { timeout: 10_000 };

let collector: FakeCollector;
let lines: string[];
const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });

beforeEach(async () => {
  collector = await startCollector();
  lines = [];
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.url);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await collector.close();
});

function configOf(more: NodeJS.ProcessEnv = {}) {
  return readConfig({ ...settings, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...more });
}

/** The spans of what an app was asked, which reach the collector at the latest when it closes. */
async function spansOf(app: FastifyInstance, ask: () => Promise<unknown>): Promise<ReceivedSpan[]> {
  await ask();
  await app.close();
  return collector.spans;
}

it('makes a request a span named by method and route', async () => {
  vi.stubEnv('OTEL_RESOURCE_ATTRIBUTES', 'deployment.environment.name=trial');
  const app = await buildApp(configOf(), logger);
  const headers = { 'x-request-id': 'my-request' };
  const [span] = await spansOf(app, () => app.inject({ url: '/v1/meta', headers }));
  expect(span).toMatchObject({
    name: 'GET /v1/meta',
    kind: 'server',
    parentSpanId: '',
    hasFailed: false,
    attributes: {
      'http.request.method': 'GET',
      'http.route': '/v1/meta',
      'http.response.status_code': 200,
      'http.response.header.x-request-id': ['my-request'],
      'url.path': '/v1/meta',
    },
    resource: { 'service.name': 'backend-b', 'deployment.environment.name': 'trial' },
  });
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ requestId: 'my-request', trace_id: span?.traceId }),
  ]);
});

it('continues the trace of its caller', async () => {
  const app = await buildApp(configOf(), logger);
  const traceparent = `00-${CALLER.traceId}-${CALLER.spanId}-01`;
  const [span] = await spansOf(app, () => app.inject({ url: '/v1/meta', headers: { traceparent } }));
  expect(span).toMatchObject({ traceId: CALLER.traceId, parentSpanId: CALLER.spanId });
});

it('leaves probes out, and what the sampler leaves out', async () => {
  const all = await buildApp(configOf(), logger);
  expect(await spansOf(all, () => all.inject('/healthz'))).toEqual([]);
  const none = await buildApp(configOf({ OTEL_TRACES_SAMPLER: 'always_off' }), logger);
  expect(await spansOf(none, () => none.inject('/v1/meta'))).toEqual([]);
});

it('names unknown paths by method and holds no secret', async () => {
  const app = await buildApp(configOf(), logger);
  const [span] = await spansOf(app, () =>
    app.inject({
      method: 'POST',
      url: '/v1/nowhere/open-sesame?token=hunter22&p%61ssword=hunter23&reason=no&limit=1',
      headers: { authorization: 'Bearer open-sesame' },
      payload: { password: 'hunter24' },
    }),
  );
  expect(span?.name).toBe('POST');
  expect(span?.attributes).toMatchObject({ 'url.path': '/v1/nowhere/[redacted]' });
  const query = new URLSearchParams(String(span?.attributes['url.query']));
  expect([query.get('limit'), query.get('reason')]).toEqual(['1', '[redacted]']);
  expect(JSON.stringify(span)).not.toMatch(/hunter2|open-sesame/);
});

it('says of a failure what kind it is, and not its text', async () => {
  const app = await buildApp(configOf(), logger);
  const payload = { email: 'a@duet.invalid', password: 'correct horse battery' };
  const [span] = await spansOf(app, () => app.inject({ method: 'POST', url: '/v1/sessions', payload }));
  expect(span).toMatchObject({ hasFailed: true, attributes: { 'http.response.status_code': 503 } });
  expect(span?.attributes['error.type']).toBeTypeOf('string');
  expect(JSON.stringify(span)).not.toMatch(/duet\.invalid|correct horse/);
});

it('makes statements children of the request, without parameters', async () => {
  const { tracing: wanted } = configOf();
  const { requestSpans, watchStatement } = startTracing(wanted ?? expect.unreachable(), logger);
  const app = fastify();
  await app.register(requestSpans);
  const text = '/* find_caller */ SELECT $1';
  const handler = async (): Promise<string> => {
    await watchStatement([{ text, values: ['hunter22'] }], async () => 'rows');
    const failure = Object.assign(new Error('Key (email)=(hunter23) exists'), { code: '23505' });
    await expect(
      watchStatement(['INSERT INTO "public"."a" VALUES ($1)', ['hunter23']], () => Promise.reject(failure)),
    ).rejects.toBe(failure);
    return '';
  };
  app.route({ ...documented('getMeta'), handler });
  await watchStatement(['SELECT 1'], async () => 'nobody asked');
  const [found, failed, request, ...others] = await spansOf(app, () => app.inject('/v1/meta'));
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    name: 'find_caller',
    kind: 'client',
    hasFailed: false,
    traceId: request?.traceId,
    parentSpanId: request?.spanId,
    attributes: { 'db.system.name': 'postgresql', 'db.query.text': text },
  });
  expect(failed).toMatchObject({ name: 'INSERT a', hasFailed: true, attributes: { 'error.type': '23505' } });
  expect(JSON.stringify(collector.spans)).not.toContain('hunter2');
});

it('ends the span of an answer that its client broke off', async () => {
  const { tracing: wanted } = configOf({ OTEL_BSP_SCHEDULE_DELAY: '20' });
  const app = fastify();
  await app.register(startTracing(wanted ?? expect.unreachable(), logger).requestSpans);
  app.route({
    ...documented('getMeta'),
    handler: async (_request, reply) => reply.hijack().raw.writeHead(200).flushHeaders(),
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const [span] = await spansOf(app, async () => {
    const leaving = new AbortController();
    await fetch(`${url}/v1/meta`, { signal: leaving.signal });
    leaving.abort();
    await vi.waitFor(() => expect(collector.spans).toHaveLength(1), patient);
  });
  expect(span).toMatchObject({ name: 'GET /v1/meta', attributes: { 'http.response.status_code': 200 } });
});

it('says once that nobody takes the spans, and does not wait', async () => {
  const settingsNow = { OTEL_BSP_SCHEDULE_DELAY: '20' };
  vi.stubEnv('OTEL_EXPORTER_OTLP_TIMEOUT', '50');
  await collector.close();
  const app = await buildApp(configOf(settingsNow), logger);
  for (let count = 0; count < 3; count += 1) {
    await app.inject('/v1/meta');
    await vi.waitFor(() => expect(lines.filter((line) => line.includes('not delivered'))).toHaveLength(1), patient);
  }
  const startedAt = performance.now();
  await app.close();
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  expect(lines.filter((line) => !line.includes('requestId'))).toHaveLength(1);
  collector = await startCollector();
});
