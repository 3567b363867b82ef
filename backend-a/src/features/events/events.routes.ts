import type { Response, Router } from 'express';
import { newRouter, type RouteMeans } from '../../http/router.ts';
import type { EventHub } from './event-hub.ts';
import { EventStream } from './event-stream.ts';
import { streamEvents } from './events.service.ts';

/** What happens to an account, as it happens. */
export function eventsRoutes({ operations: { operation }, db }: RouteMeans, hub: EventHub): Router {
  const router = newRouter();

  router.get(
    '/v1/events',
    operation('streamEvents', async ({ caller, now }, response, request) => {
      const input = { caller, lastEventId: request.get('Last-Event-ID') };
      const { afterId, isReset, sessionEndsAt } = await streamEvents(db(), input, now);
      beginStream(response);
      if (request.method === 'HEAD') return void response.end();
      const stream = new EventStream(response, { sessionId: caller.sessionId, afterId, now, sessionEndsAt });
      stream.comment('open');
      if (isReset) stream.reset(now);
      await hub.follow(caller.accountId, stream);
    }),
  );

  return router;
}

/** @rule events/format */
function beginStream(response: Response): void {
  response.statusCode = 200;
  response.setHeader('Content-Type', 'text/event-stream');
  response.setHeader('Cache-Control', 'no-cache, no-transform'); // http/no-store
}
