import { DataSource } from 'typeorm';
import { LastingClient } from './lasting-client.ts';
import { migrations } from './migrations/index.ts';

interface MigrationSourceSettings {
  readonly databaseUrl: string;
  readonly onConnectionLost: (error: Error) => void;
}

/** A data source of migrations alone, whose queries may take as long as they need. */
export function createMigrationSource({ databaseUrl, onConnectionLost }: MigrationSourceSettings): DataSource {
  return new DataSource({
    type: 'postgres',
    url: databaseUrl,
    applicationName: 'duet-backend-a migrations',
    poolSize: 1,
    poolErrorHandler: onConnectionLost,
    installExtensions: false,
    extra: { Client: LastingClient },
    migrations,
    migrationsTableName: 'migrations',
    logging: false,
  });
}
