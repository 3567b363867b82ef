import { setTimeout as pause } from 'node:timers/promises';
import type { BackendId } from '../stack/backends.ts';
import { checks, noticedWithinMs } from '../stack/balancer-settings.ts';
import type { Launcher } from '../stack/launcher.ts';
import { runMigrate } from '../stack/launching.ts';
import type { Postgres } from '../stack/postgres.ts';
import { statusOf } from '../stack/server.ts';
import type { Act } from './act.ts';
import type { Fleet } from './fleet.ts';
import { makeVersion, type NextVersion } from './version.ts';

/** How the acts reach what they disturb. */
export type Means = {
  id: BackendId;
  launcher: Launcher;
  fleet: Fleet;
  postgres: Postgres;
  rollouts: number;
  onStep(step: string): void;
  onProblem(problem: string): void;
};

/** What the balancer needs to notice a kill, an interval until its first look, and a second for what was under way. */
export const KILLED_WITHIN_MS: number = noticedWithinMs + checks.everyMs + 1000;

/** A restart of PostgreSQL, the backends' next attempts to connect, and the balancer's next look at both. */
export const RESTARTED_WITHIN_MS = 10_000;

const HARMLESS = { withinMs: null, refusalsOnly: false };
/** With what is before and after each act, ten seconds. */
const UNDISTURBED_MS = 5000;

/** First nothing, to compare with; planned replacements of all replicas, each by a version of its own; then one killed; then the database restarted. */
export function actsOf(means: Means): Act[] {
  let { launcher } = means;
  const replacements = Array.from({ length: means.rollouts }, (_, index): Act => {
    const next = makeVersion(means.id, index + 1);
    const play = async (): Promise<void> => {
      launcher = { ...launcher, name: `${means.launcher.name} ${next.version}`, cwd: next.cwd };
      await replaceAll(means, launcher, next);
    };
    return { ...HARMLESS, kind: 'replacement', name: `replaced by ${next.version}`, play };
  });
  return [
    { ...HARMLESS, kind: 'undisturbed', name: 'undisturbed', play: () => pause(UNDISTURBED_MS) },
    ...replacements,
    {
      kind: 'kill',
      name: 'replica killed',
      withinMs: KILLED_WITHIN_MS,
      refusalsOnly: false,
      play: () => means.fleet.kill(0, launcher),
    },
    {
      kind: 'restart',
      name: 'PostgreSQL restarted',
      withinMs: RESTARTED_WITHIN_MS,
      refusalsOnly: true,
      play: () => restart(means),
    },
  ];
}

/** The migration first, as a job of its own, while the old replicas serve; then one replica after the other. */
async function replaceAll({ fleet, onStep, onProblem }: Means, launcher: Launcher, next: NextVersion): Promise<void> {
  onStep(`the migration to ${next.version} began`);
  await runMigrate(launcher);
  onStep(`the migration to ${next.version} (${next.migration})`);
  for (const problem of await unready(fleet)) onProblem(`with the migration of ${next.version} ${problem}`);
  for (const index of fleet.replicas.keys()) await fleet.replace(index, launcher);
  for (const { server } of fleet.replicas) {
    const shown = await shownVersion(server.url);
    if (shown !== next.version) onProblem(`${server.url} says that it is ${shown}, not ${next.version}`);
  }
}

/** "Newer migrations than this version's do no harm: an old replica stays ready while a new one takes over." */
async function unready({ replicas }: Fleet): Promise<string[]> {
  const seen = await Promise.all(replicas.map(({ server }) => statusOf(`${server.url}/readyz`)));
  return seen.flatMap((status, index) =>
    status === '200' ? [] : [`replica ${index + 1}, of the version before, answers /readyz with ${status}`],
  );
}

async function shownVersion(url: string): Promise<string> {
  const response = await fetch(`${url}/v1/meta`, { headers: { connection: 'close' } });
  return ((await response.json()) as { contractVersion: string }).contractVersion;
}

async function restart({ postgres, onStep }: Means): Promise<void> {
  onStep('PostgreSQL was told to restart');
  await postgres.restart();
  onStep('PostgreSQL was there again');
}
