import type { FastifyInstance } from 'fastify';
import plugin from 'fastify-plugin';

declare module 'fastify' {
  interface FastifyInstance {
    /** True from SIGTERM on: connections are closed and readiness is refused. */
    isDraining: boolean;
  }
}

/** The headers that every response has, whatever it answers. */
export const commonHeaders = plugin(
  async (app: FastifyInstance) => {
    app.decorate('isDraining', false);
    app.addHook('onRequest', async (request, reply) => {
      reply.header('x-request-id', request.id);
      /** @rule http/quiet-headers */
      reply.header('x-content-type-options', 'nosniff');
      /** @rule http/no-store */
      if (request.routeOptions.config.operation?.needsSession) reply.header('cache-control', 'no-store');
    });
    app.addHook('onSend', async (_request, reply, payload) => {
      if (app.isDraining) reply.header('connection', 'close');
      return payload;
    });
  },
  { name: 'common-headers' },
);
