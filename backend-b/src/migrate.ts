import { ConfigError, readDatabaseUrl } from './config.ts';
import { migrateDatabase } from './db/migrator.ts';

async function main(): Promise<void> {
  const applied = await migrateDatabase(readDatabaseUrl());
  for (const name of applied) console.log(`applied ${name}`);
  if (applied.length === 0) console.log('nothing to apply');
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : `DATABASE_URL: ${causeOf(error)}`);
  process.exitCode = 1;
});

function causeOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  return `${(message || code || 'unknown failure').replaceAll(/\s+/g, ' ')}; check the URL and that the database is up.`;
}
