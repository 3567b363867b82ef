import {
  Agent,
  request as startRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { codeOf } from '../stack/errors.ts';
import { sendProblem } from './problems.ts';
import { readWhole } from './read-whole.ts';
import type { Replicas } from './replicas.ts';

/** Longer than any documented wait of a backend. */
const answerMs = 25_000;
const repeatable = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'];
const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'host',
];

// A keep-alive socket that a replica closes at the same moment would lose a request: idle ones are given up early.
const agent = new Agent({ keepAlive: true, timeout: 60_000, maxFreeSockets: 32 });

type Exchange = { request: IncomingMessage; response: ServerResponse; path: string; body: Buffer };

/**
 * Sends a request on to a replica and its answer back as it comes, so that event streams flow. When no replica has
 * answered it goes to the next one, but only if that can do no harm: nothing was sent yet, or doing it twice is the same
 * as doing it once.
 */
export async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { path, replicas }: { path: string; replicas: Replicas },
): Promise<void> {
  const body = await readWhole(request).catch(() => undefined);
  if (body === undefined) return; // The client went away.
  if (body === null) return sendProblem(response, 'payload-too-large');
  for (const url of replicas.inTurn()) {
    const failure = await attempt(url, { request, response, path, body });
    if (failure === undefined) return replicas.markUp(url);
    if (response.destroyed) return;
    const isUnsent = codeOf(failure) === 'ECONNREFUSED';
    if (isUnsent) replicas.markDown(url);
    if (!isUnsent && !mayRepeat(request)) break;
  }
  sendProblem(response, 'service-unavailable');
}

/** Resolves when the answer has been sent back, or with the reason why there was none. */
function attempt(url: string, { request, response, path, body }: Exchange): Promise<Error | undefined> {
  const { promise, resolve } = Promise.withResolvers<Error | undefined>();
  const headers = { ...withoutHops(request.headers), ...(body.length > 0 && { 'content-length': body.length }) };
  const outgoing = startRequest(url + path, { method: request.method, headers, agent });
  outgoing.setNoDelay(true);
  const timer = setTimeout(() => outgoing.destroy(new Error('no answer in time')), answerMs);
  const onGone = (): void => void outgoing.destroy();
  response.once('close', onGone);
  outgoing.once('error', resolve);
  outgoing.once('response', (answer) => {
    clearTimeout(timer);
    outgoing.removeListener('error', resolve);
    // The replica died in the middle: the client must see that the answer is not whole.
    outgoing.on('error', () => response.destroy());
    answer.on('error', () => response.destroy());
    answer.once('aborted', () => response.destroy());
    response.writeHead(answer.statusCode ?? 502, withoutHops(answer.headers));
    response.flushHeaders();
    answer.pipe(response);
    response.once('close', () => resolve(undefined));
  });
  outgoing.end(body);
  return promise.finally(() => {
    clearTimeout(timer);
    response.removeListener('close', onGone);
  });
}

function mayRepeat({ method = '', headers }: IncomingMessage): boolean {
  return repeatable.includes(method) || headers['idempotency-key'] !== undefined;
}

function withoutHops(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.includes(name)));
}
