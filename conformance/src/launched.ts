import { afterAll, beforeAll, inject } from 'vitest';
import { TestTarget } from './rule.ts';
import {
  createScratchDatabase,
  type DatabaseProxy,
  launch,
  type Launcher,
  type LaunchOptions,
  openDatabaseProxy,
  type ScratchDatabase,
  type ServerProcess,
} from './stack/launcher.ts';

/** A server of the test's own, and the target at its address. */
export type Launched = { there: TestTarget; server: ServerProcess };

/** @throws Error where the target has no launcher: a test that needs one says so in its options. */
export function launcherOf(target: TestTarget): Launcher {
  const { launcher } = target.suite;
  if (!launcher) throw new Error('the launcher is needed');
  return launcher;
}

/** Launches a server (see `launch`), runs `work` with it and stops it, whatever came of that. */
export async function withServer(
  target: TestTarget,
  options: LaunchOptions,
  work: (launched: Launched) => Promise<void>,
): Promise<void> {
  const server = await launch(launcherOf(target), options);
  try {
    await work({ there: target.at([server.url]), server });
  } finally {
    await server.stop(2000);
  }
}

/** Servers of the test's own, and the target at their addresses: one replica for each of their settings, in that order. */
export type Servers<Each extends readonly Settings[]> = {
  there: TestTarget;
  servers: { -readonly [Index in keyof Each]: ServerProcess };
};

type Settings = Record<string, string>;

/**
 * Launches a server for each entry of `settings` (over the launcher's own) and runs `work` with them; they are stopped
 * afterwards, whatever came of that.
 * @param databaseUrl a migrated database that others may be using at the same time, unless given
 */
export async function withServers<const Each extends readonly Settings[]>(
  target: TestTarget,
  settings: Each,
  work: (servers: Servers<Each>) => Promise<void>,
  databaseUrl?: string,
): Promise<void> {
  if (databaseUrl === undefined) return withMigrated(target, (url) => withServers(target, settings, work, url));
  const starts = settings.map((env) => launch(launcherOf(target), { databaseUrl, env }));
  // Every start is awaited before one that failed is told, so that all that run are stopped.
  const settled = await Promise.allSettled(starts);
  const servers = settled.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  try {
    await Promise.all(starts);
    await work({ there: target.at(servers.map(({ url }) => url)), servers: servers as Servers<Each>['servers'] });
  } finally {
    await Promise.all(servers.map((server) => server.stop(2000)));
  }
}

/** Runs `work` with a new, migrated database that nobody else uses, and drops it. */
export async function withOwnDatabase(
  target: TestTarget,
  work: (database: ScratchDatabase) => Promise<void>,
): Promise<void> {
  const database = await createScratchDatabase(launcherOf(target));
  try {
    await work(database);
  } finally {
    await database.drop();
  }
}

/** Runs `work` with a migrated database that others may be using: the launcher's own where that is one, else a new one. */
export async function withMigrated(target: TestTarget, work: (databaseUrl: string) => Promise<void>): Promise<void> {
  const { migrated, databaseUrl } = launcherOf(target);
  return migrated ? work(databaseUrl) : withOwnDatabase(target, ({ url }) => work(url));
}

/** A new database for the tests of a rule, dropped after them. Call the result inside the tests. */
export function sharedDatabase(options: { migrate?: boolean } = {}): () => ScratchDatabase {
  return shared(
    (target) => createScratchDatabase(launcherOf(target), options),
    (database) => database.drop(),
  );
}

/** A line to that database that can be broken. Call the result inside the tests. */
export function sharedProxy(database: () => ScratchDatabase): () => DatabaseProxy {
  return shared(
    () => openDatabaseProxy(database().url),
    (proxy) => proxy.close(),
  );
}

/** A server for the tests of a rule, stopped after them. Call the result inside the tests. */
export function sharedServer(options: () => LaunchOptions | Promise<LaunchOptions>): () => Launched {
  return shared(
    async (target) => {
      const server = await launch(launcherOf(target), await options());
      return { server, there: target.at([server.url]) };
    },
    ({ server }) => server.stop(2000),
  );
}

/** Anything made before the tests of a rule and ended after them, the last one first; never made without a launcher. */
export function shared<Thing>(
  make: (target: TestTarget) => Promise<Thing>,
  end: (thing: Thing) => Promise<unknown> = async () => undefined,
): () => Thing {
  let made: { thing: Thing } | undefined;
  beforeAll(async () => {
    const target = new TestTarget(inject('target'));
    if (target.suite.launcher) made = { thing: await make(target) };
  });
  afterAll(async () => void (made && (await end(made.thing))));
  return () => {
    if (!made) throw new Error('it is there inside the tests only, and with a launcher');
    return made.thing;
  };
}
