import type { RequestHandler } from 'express';

const allowedHeaders =
  'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, X-Request-Id';
const exposedHeaders = 'Location, ETag, X-Request-Id, Retry-After, Idempotency-Replayed';

/**
 * Lets pages of the configured origins call and read; pages of all others get no CORS header.
 *
 * @rule http/cors
 */
export function cors(origins: ReadonlySet<string>): RequestHandler {
  return (request, response, next) => {
    response.setHeader('Vary', 'Origin');
    const { origin } = request.headers;
    if (origin !== undefined && origins.has(origin)) {
      response.setHeader('Access-Control-Allow-Origin', origin);
      response.setHeader('Access-Control-Expose-Headers', exposedHeaders);
    }
    next();
  };
}

/** What a preflight is told of a path, for an origin that {@link cors} has let in. */
export function preflightHeaders(allow: string): Record<string, string> {
  return {
    'Access-Control-Allow-Methods': allow,
    'Access-Control-Allow-Headers': allowedHeaders,
    'Access-Control-Max-Age': '600',
  };
}
