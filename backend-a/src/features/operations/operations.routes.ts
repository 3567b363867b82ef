import type { Router } from 'express';
import type { Database } from '../../db/database.ts';
import { sendJson, sendText } from '../../http/reply.ts';
import { newRouter, type RouteMeans } from '../../http/router.ts';
import type { Metrics } from './operations.metrics.ts';
import { getLiveness, getMeta, getMetrics, getReadiness } from './operations.service.ts';

/** What is told of the process itself. */
export interface ProcessMeans {
  readonly database: Database;
  readonly metrics: Metrics;
  readonly isDraining: () => boolean;
  readonly contractVersion: string;
}

/** What those who run a backend ask it. */
export function operationsRoutes({ operations: { open }, config }: RouteMeans, process: ProcessMeans): Router {
  const { database, metrics, isDraining, contractVersion } = process;
  const router = newRouter();

  router.get(
    '/v1/meta',
    open('getMeta', (_call, response) => {
      sendJson(response, 200, getMeta({ config, contractVersion }));
    }),
  );

  router.get(
    '/healthz',
    open('getLiveness', (_call, response) => {
      sendJson(response, 200, getLiveness());
    }),
  );

  router.get(
    '/readyz',
    open('getReadiness', async (_call, response) => {
      sendJson(response, 200, await getReadiness({ database, isDraining: isDraining() }));
    }),
  );

  router.get(
    '/metrics',
    open('getMetrics', async (_call, response) => {
      sendText(response, 200, 'text/plain', await getMetrics({ metrics }));
    }),
  );

  return router;
}
