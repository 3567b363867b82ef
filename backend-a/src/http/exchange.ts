import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { RequestParts } from './validate.ts';

/** What is known of a request while it is answered; kept in response.locals. */
export interface Exchange {
  requestId: string;
  /** Milliseconds of the monotonic clock. */
  startedAt: number;
  /** The documented path template; null when the path is unknown. */
  route: string | null;
  accountId: string | null;
  /** Of the trace that the request belongs to; undefined while nothing is traced. */
  traceId: string | undefined;
  parts: RequestParts | undefined;
  answer: string | undefined;
  /** Why the answer is a 5xx. */
  failure: unknown;
  checkAnswer: ((status: number, mediaType: string, value: unknown) => void) | undefined;
}

declare global {
  namespace Express {
    interface Locals extends Exchange {}
  }
}

const requestIdForm = /^[A-Za-z0-9._-]{1,128}$/;

/**
 * Gives every response what every response has: its request id, and headers that hold of all of them.
 *
 * @rule http/request-id
 * @rule http/quiet-headers
 * @rule http/no-store
 */
export function beginExchange(isDraining: () => boolean): RequestHandler {
  return (request, response, next) => {
    const sent = request.headers['x-request-id'];
    const requestId = typeof sent === 'string' && requestIdForm.test(sent) ? sent : randomUUID();
    const exchange: Exchange = {
      requestId,
      startedAt: performance.now(),
      route: null,
      accountId: null,
      traceId: undefined,
      parts: undefined,
      answer: undefined,
      failure: undefined,
      checkAnswer: undefined,
    };
    Object.assign(response.locals, exchange);
    response.setHeader('X-Request-Id', requestId);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cache-Control', 'no-store');
    if (isDraining()) response.setHeader('Connection', 'close');
    next();
  };
}
