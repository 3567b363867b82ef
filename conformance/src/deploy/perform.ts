import { performance } from 'node:perf_hooks';
import { oneLine } from '../../report/text.ts';
import type { Answer } from '../driver/answer.ts';
import { sendRaw } from '../driver/raw.ts';
import { codeOf, wordsOf } from '../stack/errors.ts';
import type { LoadRequest } from './requests.ts';
import type { Tally } from './tally.ts';

/** What a socket says that the other side closed. */
const CLOSED = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/** Sends a request once and counts what became of it; it never throws. */
export async function perform(request: LoadRequest, dueAt: number, tally: Tally): Promise<void> {
  const sentAt = performance.now();
  const failed = (answer: string, isRefusal = false): void =>
    tally.failed({ method: request.method, path: request.path, sentAt, answer: oneLine(answer), isRefusal });
  tally.sending(dueAt);
  try {
    const answer = await sendReading(request, tally);
    if (answer.status !== request.expected) {
      const words = answer.problem ? `${answer.problem.code}: ${answer.problem.detail}` : answer.text.slice(0, 120);
      return failed(`${answer.status} ${words}`, answer.status === 503 && 'retry-after' in answer.headers);
    }
    tally.succeeded(dueAt);
    if (request.isWrite) tally.writes += 1;
    request.acknowledge(answer);
  } catch (error) {
    failed(`no answer: ${wordsOf(error instanceof Error && error.cause ? error.cause : error)}`);
  }
}

/**
 * Sends a request, and one that only reads a second time, on a connection of its own, when the first was closed: any client
 * may do so (RFC 9110, 9.2.2). A write is never sent again.
 */
async function sendReading(request: LoadRequest, tally: Tally): Promise<Answer> {
  try {
    return await request.send();
  } catch (error) {
    if (request.method !== 'GET' || !wasClosed(error)) throw error;
    tally.sentAgain += 1;
    const { target, token } = request.person;
    const headers = { authorization: `Bearer ${token}` };
    return sendRaw(target.urls[0] ?? '', { method: 'GET', path: request.path, headers }, target);
  }
}

function wasClosed(error: unknown): boolean {
  return error instanceof Error && CLOSED.has(codeOf(error.cause) ?? '');
}
