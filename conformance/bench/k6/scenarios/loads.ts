import execution from 'k6/execution';
import http from 'k6/http';
import type { Options, Scenario as K6Scenario } from 'k6/options';
import type { LoadOrder, Seen, Stage, World } from './order.ts';
import { scenarios } from './scenarios.ts';
import { beginOf, GRACE_SECONDS, stagesOf, turnsBefore, virtualUsersOf } from './stages.ts';

/**
 * One load on one server. k6 keeps the virtual users of one scenario for the next: before the load each learns who it may
 * be and opens its connection, and after it each tells the desk what it saw, every single request.
 */
const order = JSON.parse(__ENV['ORDER'] ?? '') as LoadOrder;
const COMPARED_EVERY = 100;
/** Of learning, for so many virtual users. */
const LEARNERS_A_SECOND = 32;

type Told = { exec: string; gracefulStop: string; startTime: string };

function closed(connections: number, seconds: number): Record<string, K6Scenario> {
  return { 'stage-0': { executor: 'constant-vus', vus: connections, duration: `${seconds}s`, ...begin(0) } };
}

function open(virtualUsers: number, stages: Stage[]): Record<string, K6Scenario> {
  const all = stages.map(({ ratePerSecond, seconds }, place): [string, K6Scenario] => [
    `stage-${place}`,
    {
      executor: 'constant-arrival-rate',
      rate: ratePerSecond,
      timeUnit: '1s',
      duration: `${seconds}s`,
      preAllocatedVUs: virtualUsers,
      maxVUs: virtualUsers,
      ...begin(beginOf(stages, place)),
    },
  ]);
  return Object.fromEntries(all);
}

/** After all have learned. */
function begin(second: number): Told {
  return { exec: 'load', gracefulStop: `${GRACE_SECONDS}s`, startTime: `${leadSeconds() + second}s` };
}

const { loop } = order;
const stages = stagesOf(loop);
const virtualUsers = virtualUsersOf(loop);

const once = { executor: 'per-vu-iterations', vus: virtualUsers, iterations: 1 } as const;

export const options: Options = {
  scenarios: {
    ...(loop.kind === 'open' ? open(loop.virtualUsers, loop.stages) : closed(loop.connections, loop.seconds)),
    learn: { ...once, exec: 'learn', gracefulStop: '0s', maxDuration: `${leadSeconds()}s` },
    tell: { ...once, exec: 'tell', startTime: `${leadSeconds() + beginOf(stages, stages.length) + GRACE_SECONDS}s` },
  },
  systemTags: [],
  discardResponseBodies: true,
};

const seen: Seen = {
  beganAt: null,
  started: 0,
  samples: [],
  compared: 0,
  mismatches: 0,
  acknowledged: [],
  complaint: null,
};

let worlds: World[] = [];

export function learn(): void {
  worlds = http.get(`${order.desk}/worlds`, { responseType: 'text' }).json() as World[];
  http.get(`${order.url}/healthz`);
  http.post(`${order.desk}/learned`);
}

export function load(): void {
  const { name, progress, iterationInTest, startTime } = execution.scenario;
  const place = Number(name.slice('stage-'.length));
  const { ratePerSecond, seconds } = stages[place] ?? { ratePerSecond: 0, seconds: 0 };
  const elapsed = progress * seconds * 1000;
  const due = ratePerSecond === 0 ? elapsed : (iterationInTest * 1000) / ratePerSecond;
  const whose = iterationInTest % worlds.length;
  const turn =
    order.firstTurn + turnsBefore(stages, place, worlds.length) + Math.floor(iterationInTest / worlds.length);
  const world = worlds[whose];
  if (!world) return;
  const isCompared = iterationInTest % COMPARED_EVERY === 0;
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
  if (!step.isExpected) {
    seen.complaint ??= `status ${step.response.status} ${step.response.error}`;
    return;
  }
  if (step.isWrite) seen.acknowledged[whose] = (seen.acknowledged[whose] ?? 0) + 1;
  if (!isCompared) return;
  seen.compared += 1;
  const difference = step.difference();
  if (difference === null) return;
  seen.mismatches += 1;
  seen.complaint ??= difference;
}

export function tell(): void {
  const response = http.post(`${order.desk}/seen`, JSON.stringify(seen), { timeout: '60s' });
  if (response.status !== 204) throw new Error(`the desk answers with ${response.status} ${response.error}`);
}

function leadSeconds(): number {
  return 2 + Math.ceil(virtualUsers / LEARNERS_A_SECOND);
}
