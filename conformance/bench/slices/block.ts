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
import { type Amount, measure, rounded } from './measure.ts';
import { invariantsOf, type Written } from './invariants.ts';
import { type Steadiness, warmUp } from './warm-up.ts';

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

/**
 * Starts every subject anew on a fresh copy of its data, warms them up and measures them by turns, so that whatever
 * changes on the machine meets all of them alike; then reads back what was acknowledged.
 */
export async function runBlock(options: BlockOptions): Promise<void> {
  const subjects: RunningSubject[] = [];
  try {
    for (const plan of shuffled(options.plans, options.random)) subjects.push(await start(plan, options));
    for (const scenario of options.scenarios) await measureScenario(scenario, subjects, options);
    for (const subject of subjects) keepMemory(subject, 'loaded', options);
  } finally {
    await Promise.all(subjects.map((subject) => subject.stop()));
    for (const { database } of subjects) await options.postgres.dropDatabase(database);
  }
}

async function start(plan: SubjectPlan, options: BlockOptions): Promise<RunningSubject> {
  const { postgres, templates, generator, block, signal, keep } = options;
  const template = templates.get(plan.product);
  if (!template) throw new Error(`${plan.product} has no template`);
  const database = temporaryName('bench');
  await postgres.createDatabase(database, ownerOf(plan.product), template.database);
  const began = performance.now();
  const subject = await startSubject(plan, postgres, database, signal);
  const readyMs = rounded(performance.now() - began);
  keep({ kind: 'start', block, subject: plan.name, readyMs, cpuMs: rounded(processorMs(subject.process.pid)) });
  keepMemory(subject, 'ready', options);
  generator.worlds.set(worldOf(subject, block), template.worlds);
  return subject;
}

async function measureScenario(
  scenario: ScenarioName,
  subjects: RunningSubject[],
  options: BlockOptions,
): Promise<void> {
  const { block, repetitions, slice, warm, random, signal, keep, onProgress, onComplaint } = options;
  const written = new Map<RunningSubject, Written>(subjects.map((subject) => [subject, []]));
  const load = async (subject: RunningSubject, amount: Amount) => {
    signal.throwIfAborted();
    const seen = await measure(options, subject, worldOf(subject, block), scenario, amount);
    const { acknowledged, complaint, ...measured } = seen;
    if (complaint !== null) onComplaint(`${subject.plan.name}, ${scenario}: ${complaint}`);
    written.get(subject)?.push(acknowledged);
    return measured;
  };
  for (const subject of shuffled(subjects, random)) {
    onProgress(`block ${block}, ${scenario}: warming up ${subject.plan.name}`);
    await warmUp(async () => {
      const { cpu, requests } = await load(subject, warm.amount);
      return cpu.server / requests;
    }, warm.steadiness);
  }
  for (let repetition = 1; repetition <= repetitions; repetition += 1) {
    onProgress(`block ${block}, ${scenario}: ${repetition} of ${repetitions}`);
    for (const [position, subject] of shuffled(subjects, random).entries()) {
      const measured = await load(subject, slice);
      keep({ kind: 'slice', scenario, block, repetition, position, subject: subject.plan.name, ...measured });
    }
  }
  for (const [subject, acknowledged] of written) {
    const worlds = options.templates.get(subject.plan.product)?.worlds ?? [];
    for (const found of await invariantsOf(scenario, subject, worlds, acknowledged, random)) {
      keep({ kind: 'invariant', scenario, block, subject: subject.plan.name, ...found });
    }
  }
}

function keepMemory(subject: RunningSubject, moment: 'ready' | 'loaded', { block, keep }: BlockOptions): void {
  const bytes = residentBytes(subject.process.pid);
  keep({ kind: 'memory', block, subject: subject.plan.name, moment, residentBytes: bytes });
}

/** A subject's world in one block: the data of the next block is new. */
function worldOf(subject: RunningSubject, block: number): string {
  return `${subject.plan.name}, block ${block}`;
}
