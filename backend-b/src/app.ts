import fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { createDatabase, type Database } from './db/client.ts';
import { hotPaths } from './db/hot-paths.ts';
import { traced } from './db/query-trace.ts';
import { accountsRoutes } from './features/accounts/accounts.routes.ts';
import { appointmentsRoutes } from './features/appointments/appointments.routes.ts';
import { callsRoutes } from './features/calls/calls.routes.ts';
import { doctorsRoutes } from './features/doctors/doctors.routes.ts';
import { eventDelivery } from './features/events/events.plugin.ts';
import { eventsRoutes } from './features/events/events.routes.ts';
import { messagesRoutes } from './features/messages/messages.routes.ts';
import { metrics } from './features/operations/metrics.ts';
import { operationsRoutes } from './features/operations/operations.routes.ts';
import { sessionsRoutes } from './features/sessions/sessions.routes.ts';
import { authentication } from './http/authenticate.ts';
import { jsonBodies } from './http/body.ts';
import { clock } from './http/clock.ts';
import { documentedOperation } from './http/contract.ts';
import { cors } from './http/cors.ts';
import { createCursors, type Cursors } from './http/cursor.ts';
import { earlyAnswers } from './http/early-answers.ts';
import { errorHandler } from './http/error-handler.ts';
import { commonHeaders } from './http/headers.ts';
import { requestId } from './http/request-id.ts';
import { productionLog } from './http/request-log.ts';
import { plainUrl } from './http/urls.ts';
import { unknownRequests } from './http/unknown.ts';
import { validation } from './http/validate.ts';
import { createPeerProvider } from './video/peer.ts';
import type { RoomProvider } from './video/room-provider.ts';

declare module 'fastify' {
  interface FastifyInstance {
    db: Database;
    cursors: Cursors;
  }
}

const LONGEST_URL = 65_536;

/**
 * Builds the app; nothing listens and nothing connects yet, and what a configuration does not need is not loaded. The
 * order below is the order of every request: what each response has, whether there is such a thing, who asks, what the
 * body is, whether it is valid, what is done.
 * @rule http/order-of-checks
 */
export async function buildApp(config: Config, logger: Logger): Promise<FastifyInstance> {
  const app = fastify({
    genReqId: requestId,
    rewriteUrl: ({ url = '/' }) => plainUrl(url),
    routerOptions: { maxParamLength: LONGEST_URL },
    keepAliveTimeout: 72_000,
    requestTimeout: 120_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    /** @rule http/head */
    exposeHeadRoutes: true,
  });
  const isDev = config.log === 'dev';
  const tracing = config.tracing && (await import('./tracing/tracing.ts')).startTracing(config.tracing, logger);
  const watches = [...(isDev ? [traced] : []), ...(tracing ? [tracing.watchStatement] : [])];
  const database = createDatabase({ ...config, watches }, hotPaths[config.hotPaths]);
  app.decorate('db', database);
  app.decorate('cursors', createCursors(config.cursorSecret));
  app.addHook('onClose', database.close);
  await app.register(eventDelivery, { ...config, logger });

  if (tracing) await app.register(tracing.requestSpans);
  await app.register(isDev ? (await import('./http/dev-log.ts')).devLog : productionLog, { logger });
  await app.register(metrics);
  await app.register(commonHeaders);
  await app.register(clock, config);
  await app.register(errorHandler);
  await app.register(cors, { origins: config.corsOrigins });
  await app.register(unknownRequests);
  await app.register(authentication);
  await app.register(jsonBodies);
  await app.register(validation, config);
  if (config.nodeEnv === 'development') {
    const { responseChecks } = await import('./http/check-responses.ts');
    await app.register(responseChecks);
  }
  await app.register(earlyAnswers);

  await app.register(operationsRoutes, config);
  await app.register(accountsRoutes, config);
  await app.register(sessionsRoutes);
  await app.register(doctorsRoutes);
  await app.register(appointmentsRoutes);
  const provider = await createProvider(config, logger);
  app.addHook('onClose', provider.close);
  await app.register(callsRoutes, { provider });
  await app.register(messagesRoutes);
  await app.register(eventsRoutes);
  if (config.twilio) {
    const { authToken } = config.twilio;
    const { webhooksRoutes } = await import('./features/webhooks/webhooks.routes.ts');
    await app.register(webhooksRoutes, { authToken, callbackUrl: callbackUrlOf(config) });
  }
  return app;
}

async function createProvider(config: Config, logger: Logger): Promise<RoomProvider> {
  if (!config.twilio) return createPeerProvider(config);
  // Twilio's SDK takes long to load, and most installations do without.
  const { createTwilioProvider } = await import('./video/twilio.ts');
  return createTwilioProvider(config.twilio, { callbackUrl: callbackUrlOf(config), logger });
}

function callbackUrlOf({ publicUrl }: Config): string {
  return publicUrl + documentedOperation('receiveRoomStatus').path;
}
