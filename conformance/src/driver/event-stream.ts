import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { performance } from 'node:perf_hooks';
import type { Actor } from '../actors.ts';
import { joined, settle, silence } from './connection.ts';
import type { ReceivedResponse, SentRequest } from './exchange.ts';

export type StreamEvent = {
  id: string;
  event: string;
  /** The parsed JSON of `data`; its text when it is none. */
  data: unknown;
  /** When it came, in milliseconds of `performance.now()`. */
  cameAt: number;
};

export type StreamOptions = { lastEventId?: string; replica?: number; now?: string; token?: string | null };

/** An open event stream; what comes is gathered until it is closed by either side. */
export class EventStream {
  readonly headers: Record<string, string>;
  readonly events: StreamEvent[] = [];
  readonly comments: string[] = [];
  /** When it ended, in milliseconds of `performance.now()`; undefined while it is open. */
  endedAt: number | undefined;
  readonly #incoming: http.IncomingMessage;
  #rest = '';

  constructor(headers: Record<string, string>, incoming: http.IncomingMessage) {
    this.headers = headers;
    this.#incoming = incoming;
    incoming.setEncoding('utf8');
    incoming.on('data', (text: string) => this.#take(text));
    // An end that the server did not announce is an end as well.
    incoming.on('error', () => this.#end());
    incoming.on('close', () => this.#end());
  }

  close(): void {
    this.#incoming.destroy();
  }

  #end(): void {
    this.endedAt ??= performance.now();
  }

  #take(text: string): void {
    const blocks = (this.#rest + text).split(/\r?\n\r?\n/);
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) this.#read(block.split(/\r?\n/));
  }

  #read(lines: string[]): void {
    this.comments.push(...lines.filter((line) => line.startsWith(':')));
    const value = (name: string): string =>
      lines
        .filter((line) => line.startsWith(`${name}:`))
        .map((line) => line.slice(name.length + 1).replace(/^ /, ''))
        .join('\n');
    if (lines.every((line) => line.startsWith(':') || line === '')) return;
    this.events.push({ id: value('id'), event: value('event'), data: parse(value('data')), cameAt: performance.now() });
  }
}

/**
 * Opens the event stream of somebody, on a connection of its own; the answer's head is judged.
 * @throws Error when it is refused, with the answer; NoAnswer and TargetGone as `exchange` does.
 */
export async function openEvents(actor: Actor, options: StreamOptions = {}): Promise<EventStream> {
  const { target } = actor;
  const baseUrl = target.urls[(options.replica ?? actor.replica) % target.urls.length] ?? '';
  const request = { method: 'GET', path: '/v1/events', headers: headersOf(actor, options), body: null };
  const at = new Date();
  const started = performance.now();
  const incoming = await opened(baseUrl, request, target).catch(async (error: unknown) => {
    throw await silence(baseUrl, request, target, error);
  });
  const isOpen = incoming.statusCode === 200;
  const response: ReceivedResponse = {
    status: incoming.statusCode ?? 0,
    headers: joined(incoming.headers),
    body: isOpen ? new Uint8Array() : Buffer.concat(await incoming.toArray()),
  };
  settle(at, 'streamEvents', baseUrl + target.basePath, request, response, performance.now() - started);
  if (isOpen) return new EventStream(response.headers, incoming);
  throw new Error(`streamEvents answered ${response.status} ${new TextDecoder().decode(response.body).slice(0, 400)}`);
}

function headersOf(actor: Actor, options: StreamOptions): Record<string, string> {
  const token = options.token === undefined ? actor.token : options.token;
  const now = options.now ?? actor.now;
  return {
    ...actor.target.headers,
    ...(token !== null && { authorization: `Bearer ${token}` }),
    ...(now !== undefined && { 'conformance-now': now }),
    ...(options.lastEventId !== undefined && { 'last-event-id': options.lastEventId }),
  };
}

function opened(baseUrl: string, request: SentRequest, target: Actor['target']): Promise<http.IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
  const { basePath, timeoutMs, ca } = target;
  const url = new URL(baseUrl);
  const client = url.protocol === 'https:' ? https : http;
  const asking = client.request({
    host: url.hostname,
    port: url.port,
    path: basePath + request.path,
    headers: request.headers,
    agent: false,
    ...(ca !== undefined && { ca: readFileSync(ca) }),
  });
  const timer = setTimeout(() => asking.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  asking.on('response', (incoming) => {
    clearTimeout(timer);
    resolve(incoming);
  });
  asking.on('error', reject);
  asking.end();
  return promise;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
