import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, test } from 'vitest';
import { startCollector } from './tracing/collector.sample.ts';

/** Prints what is loaded of OpenTelemetry, before the process prints anything of its own. */
const loadedLister = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  import { writeSync } from 'node:fs';
  registerHooks({ load(url, context, next) {
    const [, name] = /node_modules\\/(@opentelemetry\\/[^/]+)/.exec(url) ?? [];
    if (name) writeSync(2, 'loaded ' + name + '\\n');
    return next(url, context);
  } });`)}`;

interface Running {
  readonly base: string;
  readonly lines: string[];
  readonly errors: string[];
  /** Asks it to end. @returns its exit code and the milliseconds that it took */
  end(): Promise<{ code: number | null; milliseconds: number }>;
}

const children: ChildProcess[] = [];
const about = (lines: readonly string[], text: string) => lines.filter((line) => line.includes(text));

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

/** A process of its own, without a database, that listens. */
async function start(otel: Record<string, string>): Promise<Running> {
  const port = await freePort();
  const env = {
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/never-reached',
    DOCTOR_INVITE_CODE: 'a good code',
    CURSOR_SECRET: '0123456789abcdef0123456789abcdef',
    HOST: '127.0.0.1',
    PORT: String(port),
    DRAIN_SECONDS: '0',
    ...otel,
  };
  const main = new URL('main.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--import', loadedLister, main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const [lines, errors]: [string[], string[]] = [[], []];
  createInterface(child.stderr).on('line', (line) => errors.push(line));
  const listening = Promise.withResolvers<void>();
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    if (line.includes('"listening"')) listening.resolve();
  });
  const closed = once(child, 'close');
  void closed.then(() => listening.reject(new Error(`it ended before it listened: ${errors.join('\n')}`)));
  await listening.promise;
  const end = async () => {
    const askedAt = performance.now();
    child.kill('SIGTERM');
    const [code] = (await closed) as [number | null];
    return { code, milliseconds: performance.now() - askedAt };
  };
  return { base: `http://127.0.0.1:${port}`, lines, errors, end };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

// At the same time: most of a start is waiting for the database.
describe.concurrent('the process', { timeout: 90_000 }, () => {
  test.each([{}, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_SDK_DISABLED: 'true' }])(
    'loads nothing of OpenTelemetry with %o',
    async (otel) => {
      const { base, lines, errors, end } = await start(otel);
      await fetch(`${base}/v1/meta`);
      expect(await end()).toMatchObject({ code: 0 });
      // prom-client, not we, loads the interface without anything behind it.
      expect(new Set(errors)).toEqual(new Set(['loaded @opentelemetry/api']));
      expect(about(lines, '/v1/meta')).toHaveLength(1);
      expect(lines.join()).not.toContain('trace_id');
    },
  );

  test('sends its last spans before it ends, and logs their trace', async () => {
    const collector = await startCollector();
    const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' };
    const { base, lines, end } = await start(settings);
    await fetch(`${base}/v1/meta`);
    expect(await end()).toMatchObject({ code: 0 });
    collector.close();
    const [span, ...others] = collector.spans();
    expect(others).toEqual([]);
    expect(JSON.parse(about(lines, '/v1/meta').join())).toMatchObject({ status: 200, trace_id: span?.traceId });
  });

  test('neither waits nor fails without a collector, and says so once', async () => {
    const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_BSP_SCHEDULE_DELAY: '1' };
    const { base, lines, errors, end } = await start({ ...settings, OTEL_EXPORTER_OTLP_TIMEOUT: '100' });
    for (let count = 0; count < 20; count += 1) await fetch(`${base}/v1/meta`);
    const { code, milliseconds } = await end();
    expect(code).toBe(0);
    expect(milliseconds).toBeLessThan(8_000);
    expect(about(lines, 'collector')).toHaveLength(1);
    expect(JSON.parse(about(lines, 'collector').join())).toMatchObject({
      level: 'warn',
      cause: expect.stringContaining('ECONNREFUSED'),
    });
    expect(errors.filter((line) => !line.startsWith('loaded '))).toEqual([]);
  });

  test('does not wait long for a collector that takes spans and never answers', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const { base, lines, end } = await start({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
    await fetch(`${base}/v1/meta`);
    const { code, milliseconds } = await end();
    silent.close();
    expect(code).toBe(0);
    expect(milliseconds).toBeLessThan(8_000);
    expect(about(lines, 'collector')).toHaveLength(1);
  });
});
