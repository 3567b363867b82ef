import { DataSource } from 'typeorm';
import { accountEntity } from '../features/accounts/accounts.entity.ts';
import { appointmentEntity, idempotencyKeyEntity } from '../features/appointments/appointments.entity.ts';
import { callConnectionEntity, callParticipantEntity, roomEntity } from '../features/calls/calls.entity.ts';
import { loginAttemptEntity, sessionEntity } from '../features/sessions/sessions.entity.ts';
import { providerConnectionEntity } from '../features/calls/provider-connections.entity.ts';
import { signalEntity } from '../features/calls/signals.entity.ts';
import { eventEntity, eventStreamEntity } from '../features/events/events.entity.ts';
import { messageEntity, readMarkEntity } from '../features/messages/messages.entity.ts';
import { LastingClient } from './lasting-client.ts';
import { migrations } from './migrations/index.ts';
import { QuerySubscriber } from './query-subscriber.ts';

interface DataSourceSettings {
  readonly databaseUrl: string;
  readonly databasePoolSize: number;
  /** Told of every connection that breaks while nobody uses it. */
  readonly onConnectionLost: (error: Error) => void;
}

/**
 * Every answer comes well within 5 s, also when the database hangs: who waits for a connection gives up before the queries
 * do that hold one, so that the two times never add up.
 *
 * @rule operations/database-away
 */
const bounds = {
  statement_timeout: 2_300,
  lock_timeout: 2_200,
  query_timeout: 2_500,
  idle_in_transaction_session_timeout: 10_000,
};
const connectTimeoutMS = 2_000;

/** TypeORM's data source; nothing connects before `initialize`. */
export function createDataSource(settings: DataSourceSettings): DataSource {
  const { databaseUrl, databasePoolSize, onConnectionLost } = settings;
  return new DataSource({
    type: 'postgres',
    url: databaseUrl,
    applicationName: 'duet-backend-a',
    poolSize: databasePoolSize,
    connectTimeoutMS,
    poolErrorHandler: onConnectionLost,
    installExtensions: false,
    extra: { keepAlive: true, Client: LastingClient, ...bounds },
    entities: [
      accountEntity,
      sessionEntity,
      loginAttemptEntity,
      appointmentEntity,
      idempotencyKeyEntity,
      roomEntity,
      callParticipantEntity,
      callConnectionEntity,
      providerConnectionEntity,
      signalEntity,
      eventStreamEntity,
      eventEntity,
      messageEntity,
      readMarkEntity,
    ],
    migrations,
    migrationsTableName: 'migrations',
    subscribers: [QuerySubscriber],
    logging: false,
  });
}
