import type { Router } from 'express';
import { sendJson } from '../../http/reply.ts';
import { newRouter, type RouteMeans } from '../../http/router.ts';
import { getLiveness, getMeta, getReadiness } from './operations.service.ts';

/** What those who run a backend ask it. */
export function operationsRoutes(means: RouteMeans, isDraining: () => boolean, contractVersion: string): Router {
  const { database, config } = means;
  const { open } = means.operations;
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

  return router;
}
