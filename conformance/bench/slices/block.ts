import type { Client } from 'pg';
import { performance } from 'node:perf_hooks';
import type { Postgres } from '../../src/stack/postgres.ts';
import { temporaryName } from '../../src/stack/scratch-database.ts';
import type { World } from '../k6/scenarios/order.ts';
import { processorMs, residentBytes } from '../probes/processor-time.ts';
import type { ProductName, ScenarioName, StudyRecord } from '../study/records.ts';
import { ownerOf, startSubject, type RunningSubject, type SubjectPlan } from '../subjects.ts';
import type { Generator } from './generator.ts';
import { shuffled } from './interleaving.ts';
import { type Amount, type Loaded, rounded } from './measure.ts';
import { measureScenario } from './scenario.ts';
import type { Steadiness } from './warm-up.ts';

/** A migrated database with its people and appointments, of which each block's subjects get copies. */
export type Template = { database: string; worlds: World[] };

export type BlockOptions = {
  block: number;
  plans: SubjectPlan[];
  scenarios: ScenarioName[];
  repetitions: number;
  slice: Amount;
  warm: { amount: Amount; steadiness: Steadiness };
  templates: Map<ProductName, Template>;
  postgres: Postgres;
  administrator: Client;
  generator: Generator;
  random: () => number;
  signal: AbortSignal;
  keep(record: StudyRecord): void;
  onProgress(words: string): void;
  /** An answer that was not what it had to be: its cell will be void. */
  onComplaint(words: string): void;
};

/** Starts every subject anew on a fresh copy of its data, and measures them beside each other. */
export async function runBlock(options: BlockOptions): Promise<void> {
  const loaded: Loaded[] = [];
  try {
    for (const plan of shuffled(options.plans, options.random)) loaded.push(await start(plan, options));
    for (const scenario of options.scenarios) await measureScenario(scenario, loaded, options);
    for (const { subject } of loaded) keepMemory(subject, 'loaded', options);
  } finally {
    await Promise.all(loaded.map(({ subject }) => subject.stop()));
    for (const { subject } of loaded) await options.postgres.dropDatabase(subject.database);
  }
}

async function start(plan: SubjectPlan, options: BlockOptions): Promise<Loaded> {
  const { postgres, templates, generator, block, signal, keep } = options;
  const template = templates.get(plan.product);
  if (!template) throw new Error(`${plan.product} has no template`);
  const database = temporaryName('bench');
  await postgres.createDatabase(database, ownerOf(plan.product), template.database);
  const began = performance.now();
  const subject = await startSubject(plan, { postgres, database, isMigrated: true, signal });
  const readyMs = rounded(performance.now() - began);
  keep({ kind: 'start', block, subject: plan.name, readyMs, cpuMs: rounded(processorMs(subject.process.pid)) });
  keepMemory(subject, 'ready', options);
  const world = `${plan.name}, block ${block}`; // The data of the next block is new.
  generator.worlds.set(world, template.worlds);
  return { subject, world };
}

function keepMemory(subject: RunningSubject, moment: 'ready' | 'loaded', { block, keep }: BlockOptions): void {
  const bytes = residentBytes(subject.process.pid);
  keep({ kind: 'memory', block, subject: subject.plan.name, moment, residentBytes: bytes });
}
