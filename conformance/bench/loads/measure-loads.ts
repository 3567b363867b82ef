import { temporaryName } from '../../src/stack/scratch-database.ts';
import type { Loop } from '../k6/scenarios/order.ts';
import { measureCourses, openRuntimeFile } from '../courses/measure-courses.ts';
import { shuffled } from '../slices/interleaving.ts';
import { invariantsOf } from '../slices/invariants.ts';
import type { Steps } from '../steps.ts';
import type { Load, ScenarioName } from '../study/records.ts';
import { ownerOf, startSubject, type SubjectPlan } from '../subjects.ts';
import { measureFanOut } from '../fan-out/measure-fan-out.ts';
import { load, type Alone, type LoadsOptions } from './alone.ts';
import { freeze } from './freezing.ts';
import { loadNumbers } from './load-cell.ts';

/** Requests a second at the floor's best, by scenario: what the rates of a block's open loops are shares of. */
type Knees = Map<ScenarioName, number>;

/**
 * Measures each server, as it is shipped, while it is the only one under load: first the floor, whose knee the others'
 * rates are shares of.
 */
export async function measureLoads(options: Omit<LoadsOptions, 'random'> & { steps: Steps }): Promise<void> {
  const { plans, loads, steps } = options;
  const floor = plans.filter(({ role }) => role === 'floor');
  const others = plans.filter((plan) => plan.role === 'measured' && isAsShipped(plan));
  for (let block = 1; block <= loads.blocks; block += 1) {
    await steps.take(`alone ${block}`, async (random) => {
      const knees: Knees = new Map();
      const order = [...floor, ...shuffled(others, random)];
      for (const plan of order) await measureAlone(plan, block, knees, { ...options, random });
    });
  }
}

function isAsShipped({ series, node }: SubjectPlan): boolean {
  return series === 'statements' && node === process.version;
}

async function measureAlone(plan: SubjectPlan, block: number, knees: Knees, options: LoadsOptions): Promise<void> {
  await withAlone(plan, block, options, async (alone) => {
    for (const scenario of options.loads.scenarios) {
      alone.written = [];
      await measureScenario(alone, scenario, knees, options);
      await keepInvariants(alone, scenario, options);
    }
    await measureFrozen(alone, knees, options);
    for (const streams of options.loads.fanOut.streams) await measureFanOut(alone, streams, options);
  });
  // The page draws the course of one block; more of them would take hours.
  if (block > 1) return;
  const runtime = await openRuntimeFile();
  try {
    const rate = (scenario: ScenarioName, share: number): number => rateOf(knees, scenario, share);
    const watched = { ...plan, nodeOptions: [...(plan.nodeOptions ?? []), ...runtime.nodeOptions] };
    await withAlone(watched, block, options, (alone) => measureCourses(alone, runtime.file, rate, options));
  } finally {
    await runtime.remove();
  }
}

/** Starts a server on a fresh copy of its data, for as long as it is used. */
async function withAlone(
  plan: SubjectPlan,
  block: number,
  { postgres, templates, signal }: LoadsOptions,
  use: (alone: Alone) => Promise<void>,
): Promise<void> {
  const template = templates.get(plan.product);
  if (!template) throw new Error(`${plan.product} has no template`);
  const database = temporaryName('bench');
  await postgres.createDatabase(database, ownerOf(plan.product), template.database);
  try {
    const subject = await startSubject(plan, { postgres, database, isMigrated: true, signal });
    try {
      await use({ subject, block, worlds: template.worlds, turn: 0, written: [] });
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
