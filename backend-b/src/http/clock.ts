import type { FastifyInstance, FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';
import { isInstant, toInstant } from './instants.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The instant at which this request takes place: one for all that it measures. */
    now: Date;
  }
}

/**
 * Gives every request its now: the header Conformance-Now where that clock is on, else real time.
 * @rule http/conformance-clock
 */
export const clock = plugin(
  async (app: FastifyInstance, options: { hasConformanceClock: boolean }) => {
    app.decorateRequest('now');
    app.addHook('onRequest', async (request) => {
      request.now = (options.hasConformanceClock && headerInstant(request)) || new Date();
    });
  },
  { name: 'clock' },
);

// A malformed header is told by validation; what comes before that goes by real time.
function headerInstant(request: FastifyRequest): Date | undefined {
  const sent = request.headers['conformance-now'];
  return typeof sent === 'string' && isInstant(sent) ? toInstant(sent) : undefined;
}
