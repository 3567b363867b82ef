import execution from 'k6/execution';
import type { Options, Scenario as K6Scenario } from 'k6/options';
import type { LoadOrder, Loop, Seen, Stage, World } from './order.ts';
import { judge, scenarios } from './scenarios.ts';
import { beginOf, GRACE_SECONDS, stagesOf, turnsBefore, virtualUsersOf } from './stages.ts';

/** What every virtual user of a load does, whoever told it to and wherever it tells what it saw. */

const COMPARED_EVERY = 100;
/** Of learning, for so many virtual users. */
const LEARNERS_A_SECOND = 32;

/** What this virtual user saw so far. */
export const seen: Seen = {
  beganAt: null,
  started: 0,
  samples: [],
  compared: 0,
  mismatches: 0,
  acknowledged: [],
  complaint: null,
};

/** Each virtual user learns, takes its part in the load and tells: by the exported functions of these names. */
export function optionsOf(loop: Loop): Options {
  const stages = stagesOf(loop);
  const virtualUsers = virtualUsersOf(loop);
  const lead = leadSeconds(virtualUsers);
  const once = { executor: 'per-vu-iterations', vus: virtualUsers, iterations: 1 } as const;
  return {
    scenarios: {
      ...(loop.kind === 'open'
        ? open(loop.virtualUsers, stages, lead)
        : closed(loop.connections, loop.seconds, begin(lead))),
      learn: { ...once, exec: 'learn', gracefulStop: '0s', maxDuration: `${lead}s` },
      tell: { ...once, exec: 'tell', startTime: `${lead + beginOf(stages, stages.length) + GRACE_SECONDS}s` },
    },
    systemTags: [],
    discardResponseBodies: true,
  };
}

/** Sends the next request of a load and notes how it went. */
export function send(order: Omit<LoadOrder, 'desk'>, worlds: readonly World[]): void {
  const { name, progress, iterationInInstance, iterationInTest, startTime } = execution.scenario;
  const stages = stagesOf(order.loop);
  const place = Number(name.slice('stage-'.length));
  const { ratePerSecond, seconds } = stages[place] ?? { ratePerSecond: 0, seconds: 0 };
  const elapsed = progress * seconds * 1000;
  // Of several runners each sends some of the requests; when they are due is counted over all of them.
  const due = ratePerSecond === 0 ? elapsed : (iterationInTest * 1000) / ratePerSecond;
  const whose = iterationInInstance % worlds.length;
  const turn =
    order.firstTurn + turnsBefore(stages, place, worlds.length) + Math.floor(iterationInInstance / worlds.length);
  const world = worlds[whose];
  if (!world) return;
  const isCompared = iterationInInstance % COMPARED_EVERY === 0;
  seen.started += 1;
  const step = scenarios[order.scenario](order.url, world, turn, isCompared);
  const before = beginOf(stages, place) * 1000;
  seen.beganAt ??= startTime - before;
  seen.samples.push([
    Math.floor(before + due),
    Math.round(Math.max(0, elapsed - due) * 1000) / 1000,
    Math.round(step.response.timings.duration * 1000),
    step.isExpected ? 0 : 1,
  ]);
  judge(step, isCompared, seen);
  if (step.isExpected && step.isWrite) seen.acknowledged[whose] = (seen.acknowledged[whose] ?? 0) + 1;
}

type Told = { exec: string; gracefulStop: string; startTime: string };

/** After all have learned. */
function begin(second: number): Told {
  return { exec: 'load', gracefulStop: `${GRACE_SECONDS}s`, startTime: `${second}s` };
}

function closed(connections: number, seconds: number, told: Told): Record<string, K6Scenario> {
  return { 'stage-0': { executor: 'constant-vus', vus: connections, duration: `${seconds}s`, ...told } };
}

function open(virtualUsers: number, stages: Stage[], lead: number): Record<string, K6Scenario> {
  const all = stages.map(({ ratePerSecond, seconds }, place): [string, K6Scenario] => [
    `stage-${place}`,
    {
      executor: 'constant-arrival-rate',
      rate: ratePerSecond,
      timeUnit: '1s',
      duration: `${seconds}s`,
      preAllocatedVUs: virtualUsers,
      maxVUs: virtualUsers,
      ...begin(lead + beginOf(stages, place)),
    },
  ]);
  return Object.fromEntries(all);
}

function leadSeconds(virtualUsers: number): number {
  return 2 + Math.ceil(virtualUsers / LEARNERS_A_SECOND);
}
