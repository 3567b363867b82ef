import type { Asked } from '../wrapping/proxy.ts';
import { pathOf } from '../wrapping/answers.ts';
import { type Hooks, wrap } from '../wrapping/wrap.ts';

type Entry = Record<string, unknown>;

/** Changes the JSON lines of a request; other lines stay as they are. */
const entries =
  (change: (entry: Entry) => Entry[]): (() => Hooks) =>
  () => ({
    stdoutLine: (line) => {
      const entry = parsed(line);
      return entry ? change(entry).map((one) => JSON.stringify(one)) : [line];
    },
  });

function parsed(line: string): Entry | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'requestId' in value ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** Changes or drops lines of the log in development. */
const lines =
  (change: (line: string) => string[]): (() => Hooks) =>
  () =>
    process.env['LOG'] === 'dev' ? { stdoutLine: change } : {};

/** Writes what is seen of requests into the log. */
const leaking =
  (log: string, leak: (asked: Asked, body: string) => string | undefined): (() => Hooks) =>
  () => ({
    proxy: {
      sees: (asked, body) => {
        const text = leak(asked, body);
        if (process.env['LOG'] === log && text !== undefined) process.stdout.write(`${text}\n`);
      },
    },
  });

const without = (entry: Entry, name: string): Entry =>
  Object.fromEntries(Object.entries(entry).filter(([key]) => key !== name));

await wrap({
  honest: () => ({ proxy: {} }),
  'member-more': entries((entry) => [{ ...entry, ip: '127.0.0.1' }]),
  'member-less': entries((entry) => [without(entry, 'ms')]),
  'nobody-named': entries((entry) => [{ ...entry, accountId: null }]),
  'path-as-route': entries((entry) => [{ ...entry, route: String(entry['route']).replace(/\{\w+\}/, 'id') }]),
  'unknown-route-named': entries((entry) => [{ ...entry, route: entry['route'] ?? '/v1/nowhere' }]),
  'refusals-left-out': entries((entry) => (Number(entry['status']) === 404 ? [] : [entry])),
  'streams-left-out': entries((entry) => (entry['route'] === '/v1/events' ? [] : [entry])),
  'refusals-warn': entries((entry) => [{ ...entry, level: Number(entry['status']) === 404 ? 'warn' : entry['level'] }]),
  'failures-are-info': entries((entry) => [{ ...entry, level: 'info' }]),
  'outages-are-info': entries((entry) => [{ ...entry, level: entry['status'] === 503 ? 'info' : entry['level'] }]),
  'failed-readiness-too': () => ({
    proxy: {
      isChanged: (asked, status) => {
        const line = JSON.stringify({ level: 'error', requestId: 'probe', method: 'GET', route: '/readyz', status });
        const isTold = process.env['LOG'] === 'production' && pathOf(asked) === '/readyz' && status === 503;
        if (isTold) process.stdout.write(`${line}\n`);
        return false;
      },
    },
  }),
  'failures-unexplained': entries((entry) => [without(entry, 'error')]),
  'seconds-alone': entries((entry) => [{ ...entry, time: String(entry['time']).replace(/\.\d+/, '') }]),
  twice: entries((entry) => [entry, entry]),
  'health-too': leaking('production', (asked) =>
    pathOf(asked) === '/healthz'
      ? JSON.stringify({ time: new Date().toISOString(), level: 'info', route: '/healthz', status: 200 })
      : undefined,
  ),
  'passwords-in-production': leaking('production', (_, body) =>
    body.includes('password') ? body.replaceAll('\n', ' ') : undefined,
  ),
  'tokens-in-dev': leaking('dev', ({ headers }) => headers['authorization']),
  'reasons-in-dev': leaking('dev', ({ path }, body) => (path.endsWith('/cancel') ? `body ${body}` : undefined)),
  'queries-in-dev': leaking('dev', ({ path }) => (path.includes('?') ? path : undefined)),
  'no-queries': lines((line) => (/\b(select|insert|update)\b/i.test(line) ? [] : [line])),
  'no-times': lines((line) => [line.replace(/\d+(\.\d+)?\s?(ms|µs)\b/g, '')]),
  'no-stack': lines((line) => (/^\s*at .+:\d+/.test(line) ? [] : [line])),
});
