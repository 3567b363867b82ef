import type { Router } from 'express';
import { sendJson, sendNothing } from '../../http/reply.ts';
import { newRouter, type RouteMeans } from '../../http/router.ts';
import { placesOfDirections } from './messages.rules.ts';
import { getUnreadCounts, listMessages, markMessagesRead, sendMessage, showTyping } from './messages.service.ts';
import { messageView } from './messages.view.ts';

const defaultLimit = 20;

/** What the two write to each other before, during and after the call. */
export function messagesRoutes({ operations: { operation }, db }: RouteMeans): Router {
  const router = newRouter();

  router.post(
    '/v1/appointments/:appointmentId/messages',
    operation('sendMessage', async ({ caller, path, body, now }, response) => {
      const clientId = body.clientId.toLowerCase();
      const input = { appointmentId: path.appointmentId, accountId: caller.accountId, clientId, body: body.body };
      const { message, isRepeat } = await sendMessage(db(), input, now);
      sendJson(response, isRepeat ? 200 : 201, messageView(message));
    }),
  );

  router.get(
    '/v1/appointments/:appointmentId/messages',
    operation(
      'listMessages',
      async ({ caller, path, query, now }, response) => {
        const input = {
          appointmentId: path.appointmentId,
          accountId: caller.accountId,
          before: query.before?.toLowerCase(),
          after: query.after?.toLowerCase(),
          limit: query.limit ?? defaultLimit,
        };
        const { items, hasMore } = await listMessages(db(), input, now);
        sendJson(response, 200, { items: items.map(messageView), hasMore });
      },
      ({ query }) => placesOfDirections(query),
    ),
  );

  router.put(
    '/v1/appointments/:appointmentId/messages/typing',
    operation('showTyping', async ({ caller, path, now }, response) => {
      await showTyping(db(), { appointmentId: path.appointmentId, accountId: caller.accountId }, now);
      sendNothing(response, 204);
    }),
  );

  router.put(
    '/v1/appointments/:appointmentId/messages/read',
    operation('markMessagesRead', async ({ caller, path, body, now }, response) => {
      const input = { appointmentId: path.appointmentId, accountId: caller.accountId, upTo: body.upTo.toLowerCase() };
      await markMessagesRead(db(), input, now);
      sendNothing(response, 204);
    }),
  );

  router.get(
    '/v1/unread-messages',
    operation('getUnreadCounts', async ({ caller, now }, response) => {
      sendJson(response, 200, { items: await getUnreadCounts(db(), { accountId: caller.accountId }, now) });
    }),
  );

  return router;
}
