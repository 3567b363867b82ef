import type { Router } from 'express';
import { sendJson } from '../../http/reply.ts';
import { newRouter, type RouteMeans } from '../../http/router.ts';
import { placesOfSpecialty } from './accounts.rules.ts';
import { createAccount, getMe, updateMe } from './accounts.service.ts';

/** People who can log in. */
export function accountsRoutes({ operations: { open, operation }, db, config }: RouteMeans): Router {
  const router = newRouter();

  router.post(
    '/v1/accounts',
    open(
      'createAccount',
      async ({ body, now }, response) => {
        const input = { ...body, configuredInviteCode: config.doctorInviteCode };
        sendJson(response, 201, await createAccount(db(), input, now));
      },
      ({ body }) => placesOfSpecialty(roleIn(body), body),
    ),
  );

  router.get(
    '/v1/me',
    operation('getMe', async ({ caller, now }, response) => {
      sendJson(response, 200, await getMe(db(), { accountId: caller.accountId }, now));
    }),
  );

  router.patch(
    '/v1/me',
    operation(
      'updateMe',
      async ({ caller, body, now }, response) => {
        sendJson(response, 200, await updateMe(db(), { accountId: caller.accountId, change: body }, now));
      },
      ({ body }, caller) => placesOfSpecialty(caller.role, body),
    ),
  );

  return router;
}

function roleIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'role' in body ? body.role : undefined;
}
