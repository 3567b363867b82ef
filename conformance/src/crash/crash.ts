import { performance } from 'node:perf_hooks';
import { Actor } from '../actors.ts';
import { audit, type Findings } from '../ledger/audit.ts';
import { acknowledged, emptyLedger, type Ledger } from '../ledger/ledger.ts';
import { makePairs } from '../ledger/pairs.ts';
import { nextLook } from '../look.ts';
import type { Backend } from '../stack/backends.ts';
import type { Postgres } from '../stack/postgres.ts';
import type { SuiteTarget } from '../target.ts';
import { Follower } from './follower.ts';
import { seededRandom } from '../seeded-random.ts';
import { write } from './writers.ts';

export type CrashOptions = {
  backend: Backend;
  target: SuiteTarget;
  postgres: Postgres;
  /** Goes on until so many writes were acknowledged and so many kills were made. */
  writes: number;
  kills: number;
  pairs: number;
  seed: number;
  signal: AbortSignal;
  onProgress(progress: { writes: number; kills: number }): void;
};

export type CrashOutcome = Findings & {
  writes: number;
  unknown: number;
  /** Only those that met writes on their way count. */
  kills: { replica: number; postgres: number };
  resumes: number;
  events: number;
  ms: number;
};

/**
 * Lets many clients write while replicas and PostgreSQL are killed again and again, then compares what was acknowledged
 * with what is stored and with what resumed streams were told.
 */
export async function crash(options: CrashOptions): Promise<CrashOutcome> {
  const started = performance.now();
  const random = seededRandom(options.seed);
  const pairs = await makePairs(options.target, options.pairs);
  const ledger = emptyLedger();
  const followers = pairs.flatMap(({ doctor, user }, index) => [
    new Follower(doctor, index),
    new Follower(user, index + 1),
  ]);
  const kills = { replica: 0, postgres: 0 };
  const isDone = (): boolean =>
    options.signal.aborted ||
    (acknowledged(ledger) >= options.writes && kills.replica + kills.postgres >= options.kills);
  const doctors = pairs.map(({ doctor }) => doctor);
  const writing = pairs.flatMap((pair) =>
    [0, 1].map(() =>
      write({ pair, doctors, ledger, random: seededRandom(Math.floor(random() * 2 ** 31)), isOver: isDone }),
    ),
  );
  await killUntil(isDone, options, ledger, kills, random);
  await Promise.all(writing);
  options.signal.throwIfAborted();
  await settle(options.target, followers, ledger);
  const findings = await audit(ledger, pairs, followers);
  await Promise.all(followers.map((follower) => follower.stop()));
  const sum = (value: (follower: Follower) => number): number =>
    followers.reduce((total, one) => total + value(one), 0);
  return {
    ...findings,
    writes: acknowledged(ledger),
    unknown: ledger.unknown,
    kills,
    resumes: sum(({ resumes }) => resumes),
    events: sum(({ events }) => events.length),
    ms: Math.round(performance.now() - started),
  };
}

/** Kills in turn the replicas and, every third time, PostgreSQL; each time only once writes go through again. */
async function killUntil(
  isDone: () => boolean,
  options: CrashOptions,
  ledger: Ledger,
  kills: CrashOutcome['kills'],
  random: () => number,
): Promise<void> {
  for (let turn = 0; !isDone(); turn += 1) {
    const before = acknowledged(ledger);
    const wanted = before + 20 + Math.floor(random() * 300);
    while (!isDone() && acknowledged(ledger) < wanted) await nextLook();
    if (isDone()) return;
    if (turn % 3 === 2) {
      kills.postgres += 1;
      await options.postgres.crash();
    } else {
      kills.replica += 1;
      await killReplica(options.backend, turn % options.backend.processes.length);
    }
    options.onProgress({ writes: acknowledged(ledger), kills: kills.replica + kills.postgres });
  }
}

async function killReplica(backend: Backend, replica: number): Promise<void> {
  const victim = backend.processes[replica];
  victim?.kill('SIGKILL');
  await victim?.exited;
  await backend.revive(replica);
}

/** Waits until every follower has been told of a last message, which comes after everything else. */
async function settle(target: SuiteTarget, followers: Follower[], ledger: Ledger): Promise<void> {
  const health = new Actor(target);
  while ((await health.send('getReadiness')).status !== 200) await nextLook();
  const until = performance.now() + 30_000;
  let [count, since] = [-1, performance.now()];
  const total = (): number => followers.reduce((sum, { events }) => sum + events.length, 0);
  const expected = acknowledged(ledger) * 2;
  // Everybody concerned is told: two people a write. More may come of writes that were never acknowledged.
  while (performance.now() < until && (total() < expected || performance.now() - since < 500)) {
    if (total() !== count) [count, since] = [total(), performance.now()];
    await nextLook();
  }
}
