import type { Router } from 'express';
import { sendJson, sendNothing } from '../../http/reply.ts';
import { newRouter, type RouteMeans } from '../../http/router.ts';
import { login, logout, logoutEverywhere } from './sessions.service.ts';

/** Logging in and out. */
export function sessionsRoutes({ operations: { open, operation }, db }: RouteMeans): Router {
  const router = newRouter();

  router.post(
    '/v1/sessions',
    open('login', async ({ body, now }, response) => {
      const { session, token, account } = await login(db(), body, now);
      sendJson(response, 201, { id: session.id, token, expiresAt: session.expiresAt, account });
    }),
  );

  router.delete(
    '/v1/sessions/current',
    operation('logout', async ({ caller, now }, response) => {
      await logout(db(), { accountId: caller.accountId, sessionId: caller.sessionId }, now);
      sendNothing(response, 204);
    }),
  );

  router.delete(
    '/v1/sessions',
    operation('logoutEverywhere', async ({ caller, now }, response) => {
      await logoutEverywhere(db(), { accountId: caller.accountId }, now);
      sendNothing(response, 204);
    }),
  );

  return router;
}
