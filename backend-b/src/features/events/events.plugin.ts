import type { FastifyInstance } from 'fastify';
import plugin from 'fastify-plugin';
import type { Logger } from 'pino';
import { createListener } from '../../db/listener.ts';
import { createEventHub, type EventHub } from './event-hub.ts';
import { CHANNEL } from './events.repository.ts';

declare module 'fastify' {
  interface FastifyInstance {
    events: EventHub;
  }
}

/** Tells this replica's streams what any replica has stored, from when it listens until it closes. */
export const eventDelivery = plugin(
  async (app: FastifyInstance, { databaseUrl, logger }: { databaseUrl: string; logger: Logger }) => {
    const { orm, hotPaths } = app.db;
    const onFailure = (error: unknown): void => {
      logger.warn({ error: error instanceof Error ? error.message : String(error) }, 'events are late');
    };
    const hub = createEventHub((query) => hotPaths.listEvents(orm, query), onFailure);
    const listener = createListener(databaseUrl, CHANNEL, {
      onNotification: (payload) => hub.wake(payload.split(',')),
      onListening: () => hub.wake(),
      onFailure,
    });
    app.decorate('events', hub);
    app.addHook('onListen', async () => listener.start());
    app.addHook('preClose', async () => hub.close());
    app.addHook('onClose', async () => listener.close());
  },
  { name: 'event-delivery' },
);
