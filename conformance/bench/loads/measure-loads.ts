import type { Client } from 'pg';
import type { Postgres } from '../../src/stack/postgres.ts';
import { temporaryName } from '../../src/stack/scratch-database.ts';
import type { K6 } from '../k6/find-k6.ts';
import type { Loop, World } from '../k6/scenarios/order.ts';
import { watchDatabase } from '../probes/connections.ts';
import { processorMs } from '../probes/processor-time.ts';
import type { Template } from '../slices/block.ts';
import { shuffled } from '../slices/interleaving.ts';
import { invariantsOf } from '../slices/invariants.ts';
import { rounded } from '../slices/measure.ts';
import type { Load, ProductName, ScenarioName, StudyRecord } from '../study/records.ts';
import { ownerOf, startSubject, type RunningSubject, type SubjectPlan } from '../subjects.ts';
import { freeze } from './freezing.ts';
import { loadNumbers } from './load-cell.ts';
import type { LoadDesign } from './load-design.ts';
import { runLoad, type LoadRun, type LoadSeen } from './run-load.ts';

export type LoadsOptions = {
  plans: SubjectPlan[];
  loads: LoadDesign;
  k6: K6;
  templates: Map<ProductName, Template>;
  postgres: Postgres;
  administrator: Client;
  random: () => number;
  signal: AbortSignal;
  keep(record: StudyRecord): void;
  onProgress(words: string): void;
  onComplaint(words: string): void;
};

/** Requests a second at the floor's best, by scenario: what the rates of a block's open loops are shares of. */
type Knees = Map<ScenarioName, number>;

/** One server under load, and what was done to it so far. */
type Alone = {
  subject: RunningSubject;
  block: number;
  worlds: World[];
  /** The first turn that nobody has had, so that no write is made twice. */
  turn: number;
  /** Acknowledged writes of each load of a scenario, by world; null once an answer failed, which may have been written all the same. */
  written: number[][] | null;
};

/** Measures each server while it is the only one under load: first the floor, whose knee the others' rates are shares of. */
export async function measureLoads(options: LoadsOptions): Promise<void> {
  const { plans, loads, random } = options;
  const [floor, others] = [
    plans.filter(({ role }) => role === 'floor'),
    plans.filter(({ role }) => role === 'measured'),
  ];
  for (let block = 1; block <= loads.blocks; block += 1) {
    const knees: Knees = new Map();
    for (const plan of [...floor, ...shuffled(others, random)]) await measureAlone(plan, block, knees, options);
  }
}

async function measureAlone(plan: SubjectPlan, block: number, knees: Knees, options: LoadsOptions): Promise<void> {
  const { postgres, templates, signal } = options;
  const template = templates.get(plan.product);
  if (!template) throw new Error(`${plan.product} has no template`);
  const database = temporaryName('bench');
  await postgres.createDatabase(database, ownerOf(plan.product), template.database);
  try {
    const subject = await startSubject(plan, { postgres, database, isMigrated: true, signal });
    const alone: Alone = { subject, block, worlds: template.worlds, turn: 0, written: [] };
    try {
      for (const scenario of options.loads.scenarios) {
        alone.written = [];
        await measureScenario(alone, scenario, knees, options);
        await keepInvariants(alone, scenario, options);
      }
      await measureFrozen(alone, knees, options);
    } finally {
      await subject.stop();
    }
  } finally {
    await postgres.dropDatabase(database);
  }
}

async function measureScenario(
  alone: Alone,
  scenario: ScenarioName,
  knees: Knees,
  options: LoadsOptions,
): Promise<void> {
  const { connections, shares, virtualUsers, seconds } = options.loads;
  const most = Math.max(...connections);
  await load(alone, scenario, { kind: 'closed', connections: Math.min(8, most), seconds: seconds.warm }, options);
  for (const each of connections) {
    const loop = { kind: 'closed', connections: each } as const;
    const about = { purpose: 'capacity', scenario, loop, frozen: null } as const;
    const { sent } = await keepLoad(alone, about, { ...loop, seconds: seconds.closed }, options);
    const { product } = alone.subject.plan;
    if (product === 'floor') knees.set(scenario, Math.max(knees.get(scenario) ?? 0, sent / seconds.closed));
  }
  for (const share of shares) {
    const ratePerSecond = rateOf(knees, scenario, share);
    const loop = { kind: 'open', ratePerSecond, share } as const;
    const stages = [{ ratePerSecond, seconds: seconds.open }];
    const about = { purpose: 'curve', scenario, loop, frozen: null } as const;
    await keepLoad(alone, about, { kind: 'open', virtualUsers, stages }, options);
  }
}

/** The same pauses twice: seen by a generator that keeps its rate, and by one that waits for answers. */
async function measureFrozen(alone: Alone, knees: Knees, options: LoadsOptions): Promise<void> {
  const { frozen, virtualUsers } = options.loads;
  const { scenario, share, seconds, ms, everyMs } = frozen;
  if (!knees.has(scenario)) return;
  const ratePerSecond = rateOf(knees, scenario, share);
  const about = { purpose: 'frozen server', scenario, frozen: { ms, everyMs } } as const;
  const open: Loop = { kind: 'open', virtualUsers, stages: [{ ratePerSecond, seconds }] };
  await keepLoad(alone, { ...about, loop: { kind: 'open', ratePerSecond, share } }, open, options);
  const closed = { kind: 'closed', connections: 1 } as const;
  await keepLoad(alone, { ...about, loop: closed }, { ...closed, seconds }, options);
}

type About = Pick<Load, 'purpose' | 'scenario' | 'loop' | 'frozen'>;

async function keepLoad(alone: Alone, about: About, loop: Loop, options: LoadsOptions): Promise<{ sent: number }> {
  const { subject, block } = alone;
  const name = subject.plan.name;
  options.onProgress(`alone ${block}, ${name}, ${about.scenario}: ${wordsOf(about)}`);
  const { frozen } = about;
  const meanwhile = frozen ? (over: AbortSignal) => freeze(subject.process.pid, frozen, over) : undefined;
  const numbers = loadNumbers(loop, await load(alone, about.scenario, loop, options, meanwhile));
  options.keep({ kind: 'load', ...about, block, subject: name, ...numbers });
  return numbers;
}

async function load(
  alone: Alone,
  scenario: ScenarioName,
  loop: Loop,
  options: LoadsOptions,
  meanwhile?: LoadRun['meanwhile'],
): Promise<LoadSeen> {
  const { k6, signal, onComplaint, administrator } = options;
  signal.throwIfAborted();
  const { subject, worlds, turn: firstTurn } = alone;
  const { process, database } = subject;
  const countCpu = async () => {
    const ofDatabase = await watchDatabase(administrator, database);
    const before = processorMs(process.pid);
    const end = async () => ({
      server: rounded(processorMs(process.pid) - before),
      database: rounded(await ofDatabase.end()),
    });
    return { end };
  };
  const order = { scenario, url: process.url, firstTurn, loop };
  const seen = await runLoad({ ...order, k6, signal, worlds, countCpu, meanwhile });
  alone.turn += Math.ceil(seen.started / worlds.length) + 1;
  const hasFailed = seen.samples.length < seen.started || seen.samples.some(([, , , isFailure]) => isFailure === 1);
  if (hasFailed) alone.written = null;
  alone.written?.push(seen.acknowledged);
  if (seen.complaint !== null) onComplaint(`${subject.plan.name}, ${scenario}: ${seen.complaint}`);
  return seen;
}

async function keepInvariants(
  { subject, block, worlds, written }: Alone,
  scenario: ScenarioName,
  options: LoadsOptions,
): Promise<void> {
  if (!written) return;
  for (const found of await invariantsOf(scenario, subject, worlds, written, options.random)) {
    options.keep({ kind: 'invariant', scenario, block, subject: subject.plan.name, ...found });
  }
}

function rateOf(knees: Knees, scenario: ScenarioName, share: number): number {
  return Math.max(1, Math.round((knees.get(scenario) ?? 0) * share));
}

function wordsOf({ loop, frozen }: About): string {
  const how = loop.kind === 'closed' ? `${loop.connections} connections` : `${loop.ratePerSecond} requests a second`;
  return frozen ? `frozen now and then, ${how}` : how;
}
