import { temporaryName } from '../../src/stack/scratch-database.ts';
import type { Loop } from '../k6/scenarios/order.ts';
import { shuffled } from '../slices/interleaving.ts';
import { invariantsOf } from '../slices/invariants.ts';
import type { Load, ScenarioName } from '../study/records.ts';
import { ownerOf, startSubject, type SubjectPlan } from '../subjects.ts';
import { measureFanOut } from '../fan-out/measure-fan-out.ts';
import { load, type Alone, type LoadsOptions } from './alone.ts';
import { freeze } from './freezing.ts';
import { loadNumbers } from './load-cell.ts';

/** Requests a second at the floor's best, by scenario: what the rates of a block's open loops are shares of. */
type Knees = Map<ScenarioName, number>;

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
      for (const streams of options.loads.fanOut.streams) await measureFanOut(alone, streams, options);
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
