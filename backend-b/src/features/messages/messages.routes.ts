import type { FastifyInstance, FastifyRequest } from 'fastify';
import { callerOf } from '../../http/authenticate.ts';
import { documented, type Documented } from '../../http/documented.ts';
import { directionErrors } from './messages.rules.ts';
import { getUnreadCounts, listMessages, markMessagesRead, sendMessage, showTyping } from './messages.service.ts';
import { messageView } from './messages.view.ts';

type Query = Documented<'listMessages'>['Querystring'];

export async function messagesRoutes(app: FastifyInstance): Promise<void> {
  app.route<Documented<'sendMessage'>>({
    ...documented('sendMessage'),
    handler: async (request, reply) => {
      const { clientId, body } = request.body;
      const input = { ...appointmentOf(request), clientId: clientId.toLowerCase(), body };
      const { message, isRepeated } = await sendMessage(app.db, input, request.now);
      return reply.code(isRepeated ? 200 : 201).send(messageView(message));
    },
  });

  app.route<Documented<'listMessages'>>({
    ...documented('listMessages', ({ query }) => directionErrors(query as Query)),
    handler: async (request) => {
      const { before, after, limit = 20 } = request.query;
      const input = { before: before?.toLowerCase(), after: after?.toLowerCase(), limit };
      const page = await listMessages(app.db, { ...appointmentOf(request), ...input }, request.now);
      return { items: page.items.map(messageView), hasMore: page.hasMore };
    },
  });

  app.route<Documented<'getUnreadCounts'>>({
    ...documented('getUnreadCounts'),
    handler: async (request) => ({
      items: await getUnreadCounts(app.db, { account: callerOf(request).account }, request.now),
    }),
  });

  app.route<Documented<'showTyping'>>({
    ...documented('showTyping'),
    handler: async (request, reply) => {
      await showTyping(app.db, appointmentOf(request), request.now);
      return reply.code(204).send();
    },
  });

  app.route<Documented<'markMessagesRead'>>({
    ...documented('markMessagesRead'),
    handler: async (request, reply) => {
      const upTo = request.body.upTo.toLowerCase();
      await markMessagesRead(app.db, { ...appointmentOf(request), upTo }, request.now);
      return reply.code(204).send();
    },
  });
}

function appointmentOf(request: FastifyRequest<{ Params: { appointmentId: string } }>) {
  return { account: callerOf(request).account, appointmentId: request.params.appointmentId };
}
