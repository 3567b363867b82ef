import type { Router } from 'express';
import { placesOfCursor, type CursorScope } from '../../http/cursor.ts';
import { toInstant } from '../../http/instants.ts';
import { pageOf } from '../../http/page.ts';
import { sendJson } from '../../http/reply.ts';
import { newRouter, type RouteMeans } from '../../http/router.ts';
import { getDoctor, listBusyTimes, listDoctors } from './doctors.service.ts';

const defaultLimit = 20;

/** The directory of doctors and when they are busy. */
export function doctorsRoutes({ operations: { operation }, db, cursors }: RouteMeans): Router {
  const router = newRouter();

  router.get(
    '/v1/doctors',
    operation(
      'listDoctors',
      async ({ caller, query, now }, response) => {
        const { q, limit = defaultLimit, cursor } = query;
        const scope = directoryScope(caller.accountId, q);
        const [displayName, id] = (cursor !== undefined && cursors.read(scope, cursor)) || [];
        const after = displayName !== undefined && id !== undefined ? { displayName, id } : undefined;
        const found = await listDoctors(db(), { q, after, count: limit + 1 }, now);
        const page = pageOf(found, limit, {
          cursors,
          scope,
          positionOf: (doctor) => [doctor.displayName, doctor.id],
          show: (doctor) => doctor,
        });
        sendJson(response, 200, page);
      },
      ({ query }, caller) => placesOfCursor(cursors, directoryScope(caller.accountId, query['q']), query['cursor']),
    ),
  );

  router.get(
    '/v1/doctors/:doctorId',
    operation('getDoctor', async ({ path, now }, response) => {
      sendJson(response, 200, await getDoctor(db(), path, now));
    }),
  );

  router.get(
    '/v1/doctors/:doctorId/busy-times',
    operation('listBusyTimes', async ({ path, query, now }, response) => {
      const input = { doctorId: path.doctorId, from: toInstant(query.from), to: toInstant(query.to) };
      sendJson(response, 200, { items: await listBusyTimes(db(), input, now) });
    }),
  );

  return router;
}

function directoryScope(accountId: string, q: unknown): CursorScope {
  return ['listDoctors', accountId, typeof q === 'string' ? q : null];
}
