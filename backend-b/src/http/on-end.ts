import { performance } from 'node:perf_hooks';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

export type Told = (request: FastifyRequest, reply: FastifyReply, milliseconds: number) => void;

/**
 * Calls `told` once for each request, when its answer is out or its client has broken it off, as most event streams are:
 * Fastify's onResponse does not come for those.
 */
export function onEnd(app: FastifyInstance, told: Told): void {
  app.addHook('onRequest', (request, reply, done) => {
    const began = performance.now();
    // An answer that is out closes only later, after its client may have asked for the metrics of it.
    const end = (): void => {
      reply.raw.off('finish', end).off('close', end);
      told(request, reply, performance.now() - began);
    };
    reply.raw.once('finish', end).once('close', end);
    done();
  });
}
