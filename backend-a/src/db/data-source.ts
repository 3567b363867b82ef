import { DataSource } from 'typeorm';
import { accountEntity } from '../features/accounts/accounts.entity.ts';
import { appointmentEntity, idempotencyKeyEntity } from '../features/appointments/appointments.entity.ts';
import { callConnectionEntity, callParticipantEntity, roomEntity } from '../features/calls/calls.entity.ts';
import { loginAttemptEntity, sessionEntity } from '../features/sessions/sessions.entity.ts';
import { eventStreamEntity } from '../features/events/events.entity.ts';
import { migrations } from './migrations/index.ts';
import { QuerySubscriber } from './query-subscriber.ts';

interface DataSourceSettings {
  readonly databaseUrl: string;
  readonly databasePoolSize: number;
  /** Told of every connection that breaks while nobody uses it. */
  readonly onConnectionLost: (error: Error) => void;
  /** Whether queries may take as long as they need. */
  readonly isUnbounded?: boolean;
}

/** Every answer comes within 5 s, also when the database hangs. */
const bounds = {
  statement_timeout: 4_000,
  lock_timeout: 3_000,
  query_timeout: 4_500,
  idle_in_transaction_session_timeout: 10_000,
};

/** TypeORM's data source; nothing connects before `initialize`. */
export function createDataSource(settings: DataSourceSettings): DataSource {
  const { databaseUrl, databasePoolSize, onConnectionLost, isUnbounded = false } = settings;
  return new DataSource({
    type: 'postgres',
    url: databaseUrl,
    applicationName: 'duet-backend-a',
    poolSize: databasePoolSize,
    connectTimeoutMS: 3_000,
    poolErrorHandler: onConnectionLost,
    installExtensions: false,
    extra: { keepAlive: true, ...(!isUnbounded && bounds) },
    entities: [
      accountEntity,
      sessionEntity,
      loginAttemptEntity,
      appointmentEntity,
      idempotencyKeyEntity,
      roomEntity,
      callParticipantEntity,
      callConnectionEntity,
      eventStreamEntity,
    ],
    migrations,
    migrationsTableName: 'migrations',
    subscribers: [QuerySubscriber],
    logging: false,
  });
}
