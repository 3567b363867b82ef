import type { TestTarget } from './rule.ts';
import { createScratchDatabase, launch, type ScratchDatabase, type ServerProcess } from './stack/launcher.ts';

export type OwnServers = {
  /** The servers as the replicas of a target of their own, in the order of their settings. */
  target: TestTarget;
  servers: ServerProcess[];
  database: ScratchDatabase;
};

/**
 * Launches one server for each entry of `settings` (over the launcher's own) on one new database, and runs `work` with
 * them; servers and database are gone afterwards. Needs the launcher profile.
 */
export async function withOwnServers(
  target: TestTarget,
  settings: Record<string, string>[],
  work: (own: OwnServers) => Promise<void>,
): Promise<void> {
  const { launcher } = target.suite;
  if (!launcher) throw new Error('the launcher is needed');
  const database = await createScratchDatabase(launcher);
  const servers: ServerProcess[] = [];
  try {
    const starts = settings.map(async (env) => launch(launcher, { databaseUrl: database.url, env }));
    for (const start of await Promise.allSettled(starts)) if (start.status === 'fulfilled') servers.push(start.value);
    // Every start is awaited before one that failed is told, so that all that run are stopped.
    await Promise.all(starts);
    await work({ target: target.at(servers.map(({ url }) => url)), servers, database });
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await database.drop();
  }
}
