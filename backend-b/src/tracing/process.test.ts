import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/** Writes what is loaded of OpenTelemetry to stderr. */
const TELL_LOADED = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  import { writeSync } from 'node:fs';
  registerHooks({
    load(url, context, next) {
      if (url.includes('/@opentelemetry/')) writeSync(2, 'loaded ' + url + '\\n');
      return next(url, context);
    },
  });
`)}`;

const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function listening(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<string> {
  const server = createServer();
  const port = await listening(server);
  await once(server.close(), 'close');
  return String(port);
}

/** A server in a process of its own; there is no database. */
async function startServer(env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, ['--import', TELL_LOADED, MAIN], {
    env: {
      DATABASE_URL: 'postgres://duet@127.0.0.1:1/duet',
      DOCTOR_INVITE_CODE: 'let-me-in',
      CURSOR_SECRET: 'x'.repeat(32),
      DRAIN_SECONDS: '0',
      HOST: '127.0.0.1',
      PORT: await freePort(),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  closing.push(() => child.kill('SIGKILL'));
  const server = { child, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (server.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (server.stderr += text));
  return server;
}

async function addressOf(server: Awaited<ReturnType<typeof startServer>>): Promise<string> {
  await expect.poll(() => server.stdout, { timeout: 20_000 }).toContain('listening');
  return String(JSON.parse(server.stdout.split('\n').find((line) => line.includes('listening')) ?? '').address);
}

/** Takes connections and never answers. */
async function startSilence(): Promise<string> {
  const silence = createServer(() => undefined);
  closing.push(() => silence.close());
  return `http://127.0.0.1:${await listening(silence)}`;
}

it('loads nothing of OpenTelemetry without its variables', { timeout: 40_000 }, async () => {
  const server = await startServer({ OTEL_SERVICE_NAME: 'unused' });
  expect((await fetch(`${await addressOf(server)}/v1/meta`)).status).toBe(200);
  expect(server.stderr).toBe('');
});

it('ends in time when the collector never answers', { timeout: 40_000 }, async () => {
  const server = await startServer({ OTEL_EXPORTER_OTLP_ENDPOINT: await startSilence() });
  expect((await fetch(`${await addressOf(server)}/v1/meta`)).status).toBe(200);
  expect(server.stderr).toContain('/@opentelemetry/sdk-trace/');
  const startedAt = performance.now();
  server.child.kill('SIGTERM');
  const [code] = await once(server.child, 'close');
  expect(code).toBe(0);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  expect(server.stdout.match(/traces/g)).toHaveLength(1);
});

it('names a wrong variable before it listens', { timeout: 40_000 }, async () => {
  const server = await startServer({ OTEL_TRACES_EXPORTER: 'otlp', OTEL_TRACES_SAMPLER: 'some' });
  const [code] = await once(server.child, 'close');
  expect(code).toBe(1);
  expect(server.stderr).toMatch(/^OTEL_TRACES_SAMPLER: [^\n]+\n$/);
  expect(server.stdout).toBe('');
});
