import type { FastifyInstance } from 'fastify';
import plugin from 'fastify-plugin';
import { routeOf } from '../../http/documented.ts';
import { onEnd } from '../../http/on-end.ts';
import type { Measured, Measures } from './measures.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** What this replica has measured, as Prometheus reads it. */
    readMetrics: () => Promise<{ contentType: string; text: string }>;
  }
}

const MOST_EARLY = 1_000;

/**
 * Measures this replica. What does it takes as long to load as the framework, so it is loaded by the first who reads it,
 * or after the first thousand requests; until then they are kept.
 * @rule operations/metrics
 */
export const metrics = plugin(
  async (app: FastifyInstance) => {
    const early: Measured[] = [];
    let loading: Promise<Measures> | undefined;
    let measures: Measures | undefined;
    const load = async (): Promise<Measures> => {
      const { createMeasures } = await import('./measures.ts');
      measures = createMeasures(app);
      early.splice(0).forEach(measures.observe);
      return measures;
    };
    app.decorate('readMetrics', async () => (await (loading ??= load())).read());
    onEnd(app, (request, reply, milliseconds) => {
      const route = routeOf(request) ?? 'unknown';
      const measured = { method: request.method, route, status: reply.statusCode, seconds: milliseconds / 1000 };
      if (measures) measures.observe(measured);
      else if (early.push(measured) >= MOST_EARLY) void (loading ??= load());
    });
  },
  { name: 'metrics' },
);
