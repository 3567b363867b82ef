import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { performance } from 'node:perf_hooks';
import { type Answer, toAnswer } from './answer.ts';
import { type ConnectionOptions, joined, settle, silence } from './connection.ts';
import type { ReceivedResponse, SentRequest } from './exchange.ts';

export type RawRequest = {
  method: string;
  /** Path and query exactly as they go on the line. */
  path: string;
  headers?: Record<string, string>;
  /** Bytes sent with their Content-Length; or pieces sent chunked, until the answer comes. */
  body?: Uint8Array | string | AsyncIterable<Uint8Array> | undefined;
};

/**
 * Sends a request on a connection of its own, as it stands: nothing is added but Host and the body's framing.
 * The answer counts as soon as it is complete, also while pieces are still being sent.
 */
export async function sendRaw(baseUrl: string, raw: RawRequest, options: ConnectionOptions): Promise<Answer> {
  const at = new Date();
  const started = performance.now();
  const whole = raw.body === undefined || isPieces(raw.body) ? null : Buffer.from(raw.body);
  const request: SentRequest = { method: raw.method, path: raw.path, headers: raw.headers ?? {}, body: whole };
  try {
    const response = await receive(baseUrl, request, isPieces(raw.body) ? raw.body : undefined, options);
    const ms = performance.now() - started;
    settle(at, null, baseUrl + options.basePath, request, response, ms);
    return toAnswer(response, ms);
  } catch (error) {
    throw await silence(baseUrl, request, options, error);
  }
}

function isPieces(body: RawRequest['body']): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && Symbol.asyncIterator in body;
}

function receive(
  baseUrl: string,
  request: SentRequest,
  pieces: AsyncIterable<Uint8Array> | undefined,
  { basePath, timeoutMs }: ConnectionOptions,
): Promise<ReceivedResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<ReceivedResponse>();
  const url = new URL(baseUrl);
  const client = url.protocol === 'https:' ? https : http;
  const headers = request.body
    ? { 'Content-Length': String(request.body.length), ...request.headers }
    : request.headers;
  const sending = client.request({
    host: url.hostname,
    port: url.port,
    method: request.method,
    path: basePath + request.path,
    headers,
    agent: false,
  });
  let isAnswered = false;
  sending.setTimeout(timeoutMs, () => sending.destroy(new Error(`no answer within ${timeoutMs} ms`)));
  // Once the whole answer is here, the server may close its side of an upload that it refused.
  sending.on('error', (error) => isAnswered || reject(error));
  sending.on('response', (incoming) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('error', reject);
    incoming.on('end', () => {
      isAnswered = true;
      resolve({ status: incoming.statusCode ?? 0, headers: joined(incoming.headers), body: Buffer.concat(parts) });
      sending.destroy();
    });
  });
  if (pieces) void pour(pieces, sending, () => isAnswered).catch(reject);
  else sending.end(request.body ?? undefined);
  return promise;
}

async function pour(
  pieces: AsyncIterable<Uint8Array>,
  sending: http.ClientRequest,
  isDone: () => boolean,
): Promise<void> {
  for await (const piece of pieces) {
    if (isDone() || sending.destroyed) return;
    if (!sending.write(piece)) await drained(sending);
  }
  sending.end();
}

/** Until more can be written, or nothing any more. */
async function drained(sending: http.ClientRequest): Promise<void> {
  const over = new AbortController();
  const { signal } = over;
  const ends = ['drain', 'close'].map((name) => once(sending, name, { signal }));
  await Promise.race(ends).catch(() => undefined); // An error is told by the request itself.
  over.abort();
  await Promise.allSettled(ends);
}
