import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Connections } from '../../db/database.ts';

interface Measured {
  /** The pool's connections at this moment. */
  readonly connections: () => Connections;
  readonly openStreams: () => number;
}

/** What the process counts and measures of itself. */
export interface Metrics {
  /** Sees every request. */
  readonly requests: RequestHandler;
  /** Prometheus' text format. */
  text(): Promise<string>;
}

/** One value for all unknown paths, so that nobody can make series without end. */
const unknownRoute = 'unknown';

/**
 * Measures from now on; event-loop lag, CPU and memory are those of the process.
 *
 * @rule operations/metrics
 */
export function createMetrics({ connections, openStreams }: Measured): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });

  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of HTTP requests in seconds',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });

  const pool = new Gauge({
    name: 'database_pool_connections',
    help: 'Connections of the database pool that are idle or busy, and requests that wait for one',
    labelNames: ['state'],
    registers: [],
    collect() {
      for (const [state, count] of Object.entries(connections())) this.set({ state }, count);
    },
  });

  const streams = new Gauge({
    name: 'event_streams_open',
    help: 'Event streams that are open',
    registers: [],
    collect() {
      this.set(openStreams());
    },
  });

  for (const gauge of [pool, streams]) registry.registerMetric(gauge);

  return {
    requests: (request, response, next) => {
      response.once('close', () => {
        const { route, startedAt } = response.locals;
        const status = response.headersSent ? response.statusCode : 499;
        const labels = { method: request.method, route: route ?? unknownRoute, status };
        durations.observe(labels, (performance.now() - startedAt) / 1000);
      });
      next();
    },
    text: () => registry.metrics(),
  };
}
