import type { IncomingMessage, ServerResponse } from 'node:http';
import { logRequest } from '../log.ts';
import { observeRequest } from '../metrics.ts';
import { Problem, problemText } from '../problem.ts';
import type { Reply } from './reply.ts';
import type { Visit } from './visit.ts';

const exposedHeaders = 'Location, ETag, X-Request-Id, Retry-After, Idempotency-Replayed';

/** A client that is still sending is listened to for so long, so that it reads the answer and not a reset. */
const drainBytes = 8 * 1024 * 1024;
const drainMs = 2_000;

export function answer(visit: Visit, reply: Reply, error?: unknown): void {
  const { request, response } = visit;
  const isLate = !request.complete && visit.operation?.body !== undefined;
  response.writeHead(reply.status, headOf(visit, reply, isLate));
  if (reply.follow && request.method !== 'HEAD') reply.follow(response);
  else if (isLate) endAfterUpload(request, response, reply.body);
  else response.end(reply.body);
  log(visit, reply.status, error);
}

function headOf(
  { floor, request, requestId }: Visit,
  { type, body, headers, status, follow }: Reply,
  isLate: boolean,
): string[] {
  const head = ['X-Request-Id', requestId, 'X-Content-Type-Options', 'nosniff', 'Vary', 'Origin', ...headers];
  if (type !== null) head.push('Content-Type', type);
  if (!follow && status !== 204 && status !== 304) head.push('Content-Length', String(Buffer.byteLength(body)));
  if (isLate || floor.isDraining) head.push('Connection', 'close');
  const { origin } = request.headers;
  if (origin !== undefined && floor.configuration.corsOrigins.has(origin)) {
    head.push('Access-Control-Allow-Origin', origin, 'Access-Control-Expose-Headers', exposedHeaders);
  }
  return head;
}

function endAfterUpload(request: IncomingMessage, response: ServerResponse, body: string): void {
  response.write(body);
  let left = drainBytes;
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, drainMs);
  request.on('data', (piece: Buffer) => {
    left -= piece.length;
    if (left < 0) end();
  });
  request.on('end', end).on('close', end).resume();
}

/** Whatever went wrong, as the problem that it is to the caller. */
export function answerProblem(visit: Visit, error: unknown): void {
  const problem = error instanceof Problem ? error : internal();
  const headers = ['Cache-Control', 'no-store', ...problem.headers];
  const body = problemText(problem, visit.requestId);
  const reply = { status: problem.status, type: 'application/problem+json', body, headers };
  answer(visit, reply, error === problem ? undefined : error);
}

const internal = (): Problem =>
  new Problem(
    'internal-error',
    'Something went wrong on the server. Try again later, and name the request id when you report it.',
  );

const unlogged = new Set(['/healthz', '/readyz', '/metrics']);

function log({ route, requestId, request, accountId, startedAt }: Visit, status: number, error: unknown): void {
  const ms = performance.now() - startedAt;
  observeRequest(route, request.method ?? '', status, ms);
  if (route !== null && unlogged.has(route)) return;
  logRequest({ requestId, method: request.method ?? '', route, status, ms, accountId, error });
}
