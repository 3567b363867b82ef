import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

const problems = {
  'service-unavailable': { status: 503, title: 'Not available at the moment', detail: 'No replica answers.' },
  'payload-too-large': {
    status: 413,
    title: 'The body is too large',
    detail: 'It is larger than any operation takes.',
  },
  'not-found': { status: 404, title: 'Not found', detail: 'There is nothing at this path.' },
} as const;

export type OwnProblem = keyof typeof problems;

/** An answer of this server itself, in the form of the contract's problems. */
export function sendProblem(response: ServerResponse, code: OwnProblem): void {
  const { status, title, detail } = problems[code];
  const requestId = randomUUID();
  response.writeHead(status, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    'X-Request-Id': requestId,
    ...(code === 'service-unavailable' && { 'Retry-After': '1' }),
    ...(code === 'payload-too-large' && { Connection: 'close' }),
  });
  response.end(JSON.stringify({ type: `/problems/${code}`, title, status, detail, code, requestId }));
}
