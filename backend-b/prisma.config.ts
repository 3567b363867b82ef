import { defineConfig } from 'prisma/config';

// The client is generated without a database; the migration engine's commands need the URL.
const url = process.env['DATABASE_URL'];

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  ...(url && { datasource: { url } }),
});
