import express, { type Express } from 'express';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import type { Db } from './db/db.ts';
import { accountsRoutes } from './features/accounts/accounts.routes.ts';
import { appointmentsRoutes } from './features/appointments/appointments.routes.ts';
import { callsRoutes } from './features/calls/calls.routes.ts';
import { doctorsRoutes } from './features/doctors/doctors.routes.ts';
import type { EventHub } from './features/events/event-hub.ts';
import { eventsRoutes } from './features/events/events.routes.ts';
import { messagesRoutes } from './features/messages/messages.routes.ts';
import { createMetrics } from './features/operations/operations.metrics.ts';
import { operationsRoutes } from './features/operations/operations.routes.ts';
import { sessionsRoutes } from './features/sessions/sessions.routes.ts';
import { hashToken } from './features/sessions/sessions.rules.ts';
import { webhooksRoutes } from './features/webhooks/webhooks.routes.ts';
import { clockFor } from './http/clock.ts';
import { readContract } from './http/contract.ts';
import { cors } from './http/cors.ts';
import { cursorsWith } from './http/cursor.ts';
import { handleErrors } from './http/error-handler.ts';
import { beginExchange } from './http/exchange.ts';
import { operationsOf } from './http/operation.ts';
import { keepUndecodablePaths } from './http/request-path.ts';
import type { RouteMeans } from './http/router.ts';
import { schemaCompiler } from './http/schemas.ts';
import { answerOptions, knownPaths, refuseUnrouted } from './http/unrouted.ts';
import type { Logging } from './logging.ts';
import type { Traces } from './tracing/traces.ts';
import type { RoomProvider } from './video/room-provider.ts';

export interface AppMeans {
  readonly config: Config;
  readonly database: Database;
  readonly db: () => Db;
  readonly events: EventHub;
  readonly provider: RoomProvider;
  readonly logging: Pick<Logging, 'requests'>;
  readonly traces?: Pick<Traces, 'requests'> | null;
  readonly isDraining: () => boolean;
}

/** The application; nothing listens and nothing connects yet. */
export function createApp(given: AppMeans): Express {
  const { config, database, db, events, provider, logging, traces, isDraining } = given;
  const contract = readContract();
  const operations = operationsOf({
    contract,
    compile: schemaCompiler(contract.document),
    clock: clockFor(config.conformanceClock),
    findCaller: async (token, now) => db().paths.findCaller(db(), hashToken(token), now),
    checksAnswers: config.nodeEnv === 'development',
  });
  const means: RouteMeans = { operations, db, config, cursors: cursorsWith(config.cursorSecret), provider };

  const metrics = createMetrics({
    connections: () => database.connections,
    openStreams: () => events.openStreams,
  });

  const routers = [
    operationsRoutes(means, { database, metrics, isDraining, contractVersion: contract.version }),
    accountsRoutes(means),
    sessionsRoutes(means),
    doctorsRoutes(means),
    appointmentsRoutes(means),
    callsRoutes(means),
    messagesRoutes(means),
    eventsRoutes(means, events),
    ...(config.video.provider === 'twilio' ? [webhooksRoutes(means, config.video)] : []), // webhooks/peer-unknown
  ];
  const known = knownPaths(operations.served);

  const app = express();
  app.disable('x-powered-by'); // http/quiet-headers
  app.disable('etag'); // appointments/etag: the tag is made where the bytes are
  app.enable('case sensitive routing'); // http/unknown-path
  app.enable('strict routing'); // http/unknown-path
  app.set('query parser', false); // http/closed-input: read by the contract, see readQuery

  app.use(beginExchange(isDraining));
  if (traces) app.use(traces.requests);
  app.use(logging.requests);
  app.use(metrics.requests);
  app.use(cors(config.corsOrigins));
  app.use(answerOptions(known));
  app.use(keepUndecodablePaths);
  app.use(routers);
  app.use(refuseUnrouted(known));
  app.use(handleErrors);
  return app;
}
