import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** One request that was answered. */
export interface Measured {
  method: string;
  route: string;
  status: number;
  seconds: number;
}

export interface Measures {
  observe: (request: Measured) => void;
  read: () => Promise<{ contentType: string; text: string }>;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Labels hold documented paths only: nothing of a person, and no series without end. */
export function createMeasures(app: FastifyInstance): Measures {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  measurePool(app, registry);
  measureStreams(app, registry);
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of HTTP requests in seconds; of an event stream, how long it was open',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  });
  return {
    observe: ({ seconds, ...labels }) => durations.observe(labels, seconds),
    read: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

function measurePool({ db: { pool } }: FastifyInstance, registry: Registry): void {
  const connections = new Gauge({
    name: 'database_pool_connections',
    help: 'Connections of the database pool that are idle and busy, and requests waiting for one',
    labelNames: ['state'],
    registers: [registry],
    collect: (): void => {
      connections.set({ state: 'idle' }, pool.idleCount);
      connections.set({ state: 'busy' }, pool.totalCount - pool.idleCount);
      connections.set({ state: 'waiting' }, pool.waitingCount);
    },
  });
}

function measureStreams({ events }: FastifyInstance, registry: Registry): void {
  const open: Gauge = new Gauge({
    name: 'event_streams_open',
    help: 'Event streams that are open on this replica',
    registers: [registry],
    collect: (): void => open.set(events.openCount()),
  });
}
