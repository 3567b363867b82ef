import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { Pool } from 'undici';
import { marksOf } from '../coverage/marks.ts';
import { type ReceivedResponse, recordExchange, type SentRequest } from './exchange.ts';
import { judge } from './judge.ts';
import { recordAnswer, recordSilence } from './recorder.ts';

export type ConnectionOptions = { basePath: string; timeoutMs: number; ca?: string | undefined; isLaunched?: boolean };

/** The target gave no answer at all. */
export class NoAnswer extends Error {
  override name = 'NoAnswer';
}

/** The target is gone: it answers nothing any more, so the run cannot judge it. */
export class TargetGone extends Error {
  override name = 'TargetGone';
}

const pools = new Map<string, Pool>();
const CONNECTIONS = 128;

/**
 * Sends one request over kept connections, has its answer judged and recorded.
 * @throws NoAnswer when the connection was closed or the time ran out; TargetGone when the target answers nothing else either.
 */
export async function exchange(
  baseUrl: string,
  operationId: string | null,
  request: SentRequest,
  options: ConnectionOptions,
): Promise<{ response: ReceivedResponse; ms: number }> {
  const at = new Date();
  const started = performance.now();
  try {
    const response = await receive(poolOf(baseUrl, options), request, options);
    const ms = performance.now() - started;
    settle(at, operationId, baseUrl + options.basePath, request, response, ms);
    return { response, ms };
  } catch (error) {
    recordSilence(
      recordExchange(at, operationId, baseUrl + options.basePath, request, null, performance.now() - started),
    );
    throw await silence(baseUrl, request, options, error);
  }
}

/** Judges and records an answer that came by another way than `exchange`. */
export function settle(
  at: Date,
  operationId: string | null,
  baseUrl: string,
  request: SentRequest,
  response: ReceivedResponse,
  ms: number,
): void {
  const recorded = recordExchange(at, operationId, baseUrl, request, response, ms);
  recordAnswer(recorded, judge(request, response), marksOf(request, response));
}

/** Why nothing came: told apart by asking the target once more. */
export async function silence(
  baseUrl: string,
  request: SentRequest,
  options: ConnectionOptions,
  cause: unknown,
): Promise<Error> {
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  const { host } = new URL(baseUrl);
  if (options.isLaunched)
    return new NoAnswer(`${request.method} ${request.path} at ${host} got no answer: ${reason}`, { cause });
  try {
    await receive(poolOf(baseUrl, options), { method: 'GET', path: '/healthz', headers: {}, body: null }, options);
    return new NoAnswer(`${request.method} ${request.path} at ${host} got no answer: ${reason}`, { cause });
  } catch {
    return new TargetGone(`${host} does not answer any more: ${reason}`, { cause });
  }
}

async function receive(pool: Pool, request: SentRequest, { basePath }: ConnectionOptions): Promise<ReceivedResponse> {
  const { statusCode, headers, body } = await pool.request({
    method: request.method,
    path: basePath + request.path,
    headers: request.headers,
    body: request.body,
  });
  return { status: statusCode, headers: joined(headers), body: new Uint8Array(await body.arrayBuffer()) };
}

function poolOf(baseUrl: string, options: ConnectionOptions): Pool {
  const { origin } = new URL(baseUrl);
  let pool = pools.get(origin);
  if (!pool) {
    pool = new Pool(origin, {
      connections: CONNECTIONS,
      pipelining: 1,
      headersTimeout: options.timeoutMs,
      bodyTimeout: options.timeoutMs,
      // A server may close an idle connection in the moment in which a request leaves on it: Node's after 5 s, as their
      // answers say, others after 2 and in silence.
      keepAliveTimeout: 1_000,
      keepAliveTimeoutThreshold: 4_000,
      connect: { timeout: options.timeoutMs, ...(options.ca && { ca: readFileSync(options.ca) }) },
    });
    pools.set(origin, pool);
  }
  return pool;
}

export function joined(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}
