import type { FastifyInstance, FastifyReply } from 'fastify';
import { callerOf } from '../../http/authenticate.ts';
import { documented, type Documented } from '../../http/documented.ts';
import { createEventStream } from './event-stream.ts';
import { streamEvents } from './events.service.ts';

const LONGEST_TIMER_MS = 2 ** 31 - 1;

export async function eventsRoutes(app: FastifyInstance): Promise<void> {
  app.route<Documented<'streamEvents'>>({
    ...documented('streamEvents'),
    handler: async (request, reply) => {
      const caller = callerOf(request);
      const header = request.headers['last-event-id'];
      const lastEventId = typeof header === 'string' ? header : undefined;
      const { afterId, newestId, isReset } = await streamEvents(app.db, { ...caller, lastEventId }, request.now);
      sendHead(reply);
      if (request.method === 'HEAD') {
        reply.raw.end();
        return reply;
      }
      const stream = createEventStream(
        { accountId: caller.account.id, sessionId: caller.sessionId },
        afterId,
        reply.raw,
      );
      /** @rule sessions/required */
      const lifetime = caller.expiresAt.getTime() - request.now.getTime();
      const expiry = setTimeout(stream.end, Math.min(lifetime, LONGEST_TIMER_MS));
      reply.raw.once('close', () => {
        clearTimeout(expiry);
        app.events.remove(stream);
      });
      stream.comment('open');
      if (isReset) stream.reset(request.now);
      app.events.follow(stream, { upToId: newestId, now: request.now }).catch((error: unknown) => {
        // The client comes again with the last id that it has read.
        request.failure = error instanceof Error ? error : new Error(String(error));
        stream.end();
      });
      return reply;
    },
  });
}

/** The response is a stream from here on, and Fastify leaves it alone. */
function sendHead(reply: FastifyReply): void {
  reply.header('cache-control', 'no-cache, no-transform').header('content-type', 'text/event-stream');
  reply.hijack();
  reply.raw.writeHead(200, reply.getHeaders() as Record<string, string>);
  reply.raw.flushHeaders();
}
