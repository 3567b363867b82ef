import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { afterEach, beforeEach, inject } from 'vitest';
import type { Step } from '../../report/stream.ts';
import type { Sent } from './sent.ts';
import { traceOf } from './trace.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** What a test sent that failed, or whose answers broke something. */
    steps?: Step[];
  }
}

/** `shared` was sent outside the tests of a file, `own` by the test that runs; null between tests. */
type Witness = { shared: Sent[]; own: Sent[] | null };
type Undici = {
  origin: string;
  method: string;
  path: string;
  headers: readonly string[];
  body: unknown;
};

/** vitest runs a setup file before each test file; the channels are listened to once a process. */
const KEY = Symbol.for('duet.witness');
const kept = globalThis as { [KEY]?: Witness };
const isFirst = kept[KEY] === undefined;
const witness = (kept[KEY] ??= { shared: [], own: null });
witness.shared = [];
witness.own = null;
if (isFirst) listen();

beforeEach(() => {
  witness.own = [];
});

afterEach(({ task }) => {
  const own = witness.own ?? [];
  witness.own = null;
  const isBroken = (task.meta.duet?.recording.violations.length ?? 0) > 0;
  if (task.result?.state === 'fail' || isBroken)
    task.meta.steps = traceOf([...witness.shared, ...own], inject('target'));
});

/** Where the driver's clients, undici and node:http, tell what they send. */
function listen(): void {
  const underWay = new Set<object>();
  const all = new WeakMap<object, Sent>();
  const begin = (key: object, sent: Pick<Sent, 'method' | 'url' | 'headers' | 'body'>): void => {
    const overlaps = underWay.size > 0;
    const whole: Sent = { ...sent, at: Date.now(), status: null, responseHeaders: {}, response: [], overlaps };
    all.set(key, whole);
    (witness.own ?? witness.shared).push(whole);
  };
  const answered = (key: object, status: number, headers: Record<string, string>): void => {
    const sent = all.get(key);
    if (sent) Object.assign(sent, { status, responseHeaders: headers });
  };
  const on = <Message>(channel: string, heed: (message: Message) => void): void =>
    subscribe(channel, (message) => heed(message as Message));

  on<{ request: Undici }>('undici:request:create', ({ request }) => {
    const { origin, method, path, headers, body } = request;
    begin(request, { method, url: origin + path, headers: paired(headers), body: bytesOf(body) });
    underWay.add(request);
  });
  on<{ request: Undici; response: { statusCode: number; headers: readonly Uint8Array[] } }>(
    'undici:request:headers',
    ({ request, response }) => answered(request, response.statusCode, paired(response.headers.map(String))),
  );
  on<{ request: Undici; chunk: Uint8Array }>('undici:request:bodyChunkReceived', ({ request, chunk }) =>
    all.get(request)?.response.push(chunk),
  );
  for (const channel of ['undici:request:trailers', 'undici:request:error'])
    on<{ request: Undici }>(channel, ({ request }) => underWay.delete(request));

  // Raw requests and event streams, which stay under way: what was sent beside one overlaps nothing.
  on<{ request: ClientRequest }>('http.client.request.start', ({ request }) => {
    const headers = Object.entries(request.getHeaders()).map(([name, value]) => [name, String(value)]);
    const url = `${request.protocol}//${request.getHeader('host') ?? request.host}${request.path}`;
    begin(request, { method: request.method, url, headers: Object.fromEntries(headers), body: undefined });
  });
  on<{ request: ClientRequest; response: IncomingMessage }>('http.client.response.finish', ({ request, response }) => {
    answered(request, response.statusCode ?? 0, {});
  });
}

function paired(flat: readonly string[]): Record<string, string> {
  const pairs = flat.flatMap((name, index) => (index % 2 === 0 ? [[name.toLowerCase(), flat[index + 1] ?? '']] : []));
  return Object.fromEntries(pairs);
}

function bytesOf(body: unknown): Uint8Array | null | undefined {
  if (body === null || body === undefined) return null;
  return body instanceof Uint8Array ? body : undefined;
}
