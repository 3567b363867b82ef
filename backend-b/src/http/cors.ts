import type { FastifyInstance } from 'fastify';
import plugin from 'fastify-plugin';

const ALLOWED_HEADERS =
  'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, X-Request-Id';
const EXPOSED_HEADERS = 'Location, ETag, X-Request-Id, Retry-After, Idempotency-Replayed';
const PREFLIGHT_SECONDS = '600';

/**
 * Lets pages of the configured origins read responses; others get no CORS header at all.
 * @rule http/cors
 */
export const cors = plugin(
  async (app: FastifyInstance, options: { origins: readonly string[] }) => {
    const origins = new Set(options.origins);
    app.addHook('onRequest', async (request, reply) => {
      reply.header('vary', 'Origin');
      const { origin } = request.headers;
      if (origin === undefined || !origins.has(origin)) return;
      reply.header('access-control-allow-origin', origin);
      reply.header('access-control-expose-headers', EXPOSED_HEADERS);
      if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method']) return;
      reply.header('access-control-allow-headers', ALLOWED_HEADERS);
      reply.header('access-control-max-age', PREFLIGHT_SECONDS);
    });
  },
  { name: 'cors' },
);
