import { expect, test } from 'vitest';
import { createDataSource } from '../src/db/data-source.ts';

test('the ORM sees the schema that the migrations made', async () => {
  const databaseUrl = process.env['DATABASE_URL'];
  if (!databaseUrl) throw new Error('DATABASE_URL: is missing; set it to a database that is migrated');
  const source = createDataSource({ databaseUrl, databasePoolSize: 1, onConnectionLost: () => undefined });
  await source.initialize();
  try {
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  } finally {
    await source.destroy();
  }
});
