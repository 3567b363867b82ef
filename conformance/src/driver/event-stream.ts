import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { performance } from 'node:perf_hooks';
import type { Actor } from '../actors.ts';
import { marksOfEvent } from '../coverage/marks.ts';
import { joined, settle, silence } from './connection.ts';
import { type Block, fieldOf, readBlock } from './event-block.ts';
import { type ReceivedResponse, recordExchange, type SentRequest } from './exchange.ts';
import { judgeBlock, positionAfter } from './judge-event.ts';
import { recordMarks, recordViolations } from './recorder.ts';

export type StreamEvent = {
  id: string;
  event: string;
  /** The parsed JSON of `data`; its text when it is none. */
  data: unknown;
  /** When it came, in milliseconds of `performance.now()`. */
  cameAt: number;
};

export type StreamOptions = {
  lastEventId?: string;
  replica?: number;
  now?: string;
  token?: string | null;
  /** Nothing is read until `wake` is called: the server's bytes pile up on their way. */
  isAsleep?: boolean;
};

/** How a stream was asked for and what its head was: what its events are shown with when they break something. */
type Opening = { at: Date; started: number; url: string; request: SentRequest; response: ReceivedResponse };

/** An open event stream; what comes is judged and gathered until it is closed by either side. */
export class EventStream {
  readonly headers: Record<string, string>;
  readonly events: StreamEvent[] = [];
  readonly comments: { text: string; cameAt: number }[] = [];
  /** When its head had come, in milliseconds of `performance.now()`. */
  readonly openedAt = performance.now();
  /** When it ended, in milliseconds of `performance.now()`; undefined while it is open. */
  endedAt: number | undefined;
  readonly #incoming: http.IncomingMessage;
  readonly #opening: Opening;
  #position;
  #rest = '';

  constructor(opening: Opening, incoming: http.IncomingMessage, options: StreamOptions) {
    this.headers = opening.response.headers;
    this.#incoming = incoming;
    this.#opening = opening;
    this.#position = positionAfter(options.lastEventId);
    // An end that the server did not announce is an end as well.
    incoming.on('error', () => this.#end());
    incoming.on('close', () => this.#end());
    if (!options.isAsleep) this.wake();
  }

  /** The id of the last event that came; undefined before the first. */
  get lastEventId(): string | undefined {
    return this.events.at(-1)?.id;
  }

  close(): void {
    this.#incoming.destroy();
  }

  wake(): void {
    this.#incoming.setEncoding('utf8');
    this.#incoming.on('data', (text: string) => this.#take(text));
  }

  /** Sends an empty line, which HTTP ignores: a sleeper learns in no other way that its connection is gone. */
  nudge(): void {
    const { socket } = this.#incoming;
    if (socket.writable) socket.write('\r\n');
  }

  #end(): void {
    this.endedAt ??= performance.now();
  }

  #take(text: string): void {
    const blocks = (this.#rest + text).split(/\r?\n\r?\n/);
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) this.#read(readBlock(block));
  }

  #read(block: Block): void {
    const cameAt = performance.now();
    this.comments.push(...block.comments.map((text) => ({ text, cameAt })));
    if (block.fields.length === 0) return;
    this.#judge(block);
    const [id, event, data] = [fieldOf(block, 'id'), fieldOf(block, 'event'), parse(fieldOf(block, 'data'))];
    recordMarks(marksOfEvent(event, data));
    this.events.push({ id, event, data, cameAt });
  }

  #judge(block: Block): void {
    const { violations, position } = judgeBlock(block, this.#position);
    this.#position = position;
    if (violations.length === 0) return;
    const { at, url, request, response, started } = this.#opening;
    const shown = { ...response, body: Buffer.from(block.text) };
    recordViolations(recordExchange(at, 'streamEvents', url, request, shown, performance.now() - started), violations);
  }
}

/**
 * Opens the event stream of somebody, on a connection of its own; the answer's head and every event are judged.
 * @throws Error when it is refused, with the answer; NoAnswer and TargetGone as `exchange` does.
 */
export async function openEvents(actor: Actor, options: StreamOptions = {}): Promise<EventStream> {
  const { target } = actor;
  const baseUrl = target.urls[(options.replica ?? actor.replica) % target.urls.length] ?? '';
  const request = { method: 'GET', path: '/v1/events', headers: headersOf(actor, options), body: null };
  const [at, started, url] = [new Date(), performance.now(), baseUrl + target.basePath];
  const incoming = await opened(baseUrl, request, target).catch(async (error: unknown) => {
    throw await silence(baseUrl, request, target, error);
  });
  const isOpen = incoming.statusCode === 200;
  const response: ReceivedResponse = {
    status: incoming.statusCode ?? 0,
    headers: joined(incoming.headers),
    body: isOpen ? new Uint8Array() : Buffer.concat(await incoming.toArray()),
  };
  settle(at, 'streamEvents', url, request, response, performance.now() - started);
  if (isOpen) return new EventStream({ at, started, url, request, response }, incoming, options);
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
  asking.on('error', (error) => {
    clearTimeout(timer);
    reject(error);
  });
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
