import { type BackendId, startBackend } from '../stack/backends.ts';
import { startBalancer } from '../stack/balancer.ts';
import type { HaproxyBinary } from '../stack/balancer-binary.ts';
import type { Postgres } from '../stack/postgres.ts';
import { type Act, playAct, type World } from './act.ts';
import { actsOf } from './acts.ts';
import type { ActCounts } from './counts.ts';
import { Fleet } from './fleet.ts';
import { type FinalCounts, readAgain } from './read-again.ts';
import { clearStage, setStage } from './stage.ts';
import { Tally } from './tally.ts';
import { clearVersions } from './version.ts';

export type DeployOptions = {
  id: BackendId;
  haproxy: HaproxyBinary;
  postgres: Postgres;
  databaseUrl: string;
  /** Requests a second, and event streams that are open all the time. */
  rate: number;
  streams: number;
  rollouts: number;
  seed: number;
  signal: AbortSignal;
  /** Told what is being done. */
  say(line: string): void;
};

export type DeployOutcome = { acts: ActCounts[]; end: FinalCounts };

/** Two replicas, a new one beside them, and what the balancer has not yet let go. */
const PLACES = 5;
const DRAIN_SECONDS = 2;

/**
 * Replaces the replicas of a backend under a steady load, kills one and restarts the database, and counts what people
 * noticed of it.
 * @throws StartError, and Error when people cannot be made, or something cannot be read back
 */
export async function deploy(options: DeployOptions): Promise<DeployOutcome> {
  const { id, databaseUrl, signal, say } = options;
  const undo: (() => Promise<unknown> | void)[] = [clearVersions];
  try {
    const env = { NODE_ENV: 'production', CONFORMANCE_CLOCK: '0', DRAIN_SECONDS: String(DRAIN_SECONDS) };
    const backend = await startBackend({ id, databaseUrl, replicas: 2, env, signal });
    undo.push(backend.stop);
    const balancer = await startBalancer(options.haproxy, { places: PLACES, signal });
    undo.push(balancer.stop);
    const [score, problems] = [{ tally: new Tally() }, [] as string[]];
    const onProblem = (problem: string): void => void problems.push(problem);
    const onStep = (step: string): void => {
      score.tally.mark(step);
      say(`${backend.name}  ${step}  (${score.tally.sent} requests, ${score.tally.failures.length} failed)`);
    };
    const fleet = new Fleet({ backend, balancer, places: PLACES, drainMs: DRAIN_SECONDS * 1000, onStep, onProblem });
    undo.push(() => fleet.stop());
    await fleet.admitFirst();
    const acts = actsOf({ ...options, launcher: backend.launcher, fleet, onStep, onProblem });
    const world = await setStage({ ...options, backend, balancer, score, problems });
    undo.push(() => clearStage(world));
    return await playAll(world, acts, say);
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

async function playAll(world: World, acts: Act[], say: (line: string) => void): Promise<DeployOutcome> {
  const played: ActCounts[] = [];
  for (const act of acts) {
    const counts = await playAct(world, act);
    played.push(counts);
    const { requestsSent, failed, eventsLost, doubled } = counts;
    say(
      `${world.backend}  ${act.name}: ${requestsSent} requests, ${failed} failed, ${eventsLost} events lost, ${doubled} doubled`,
    );
  }
  say(`${world.backend}  everything is read again`);
  return { acts: played, end: await readAgain(world) };
}
