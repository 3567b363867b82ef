import type { Client } from 'pg';
import type { Postgres } from '../../src/stack/postgres.ts';
import type { K6 } from '../k6/find-k6.ts';
import type { Loop, World } from '../k6/scenarios/order.ts';
import { turnsBefore } from '../k6/scenarios/stages.ts';
import { watchDatabase } from '../probes/connections.ts';
import { processorMs } from '../probes/processor-time.ts';
import type { Template } from '../slices/block.ts';
import { rounded } from '../slices/measure.ts';
import type { ProductName, ScenarioName, StudyRecord } from '../study/records.ts';
import type { RunningSubject, SubjectPlan } from '../subjects.ts';
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

/** One server under load, and what was done to it so far. */
export type Alone = {
  subject: RunningSubject;
  block: number;
  worlds: World[];
  /** The first turn that nobody has had, so that no write is made twice. */
  turn: number;
  /** Acknowledged writes of each load of a scenario, by world; null once an answer failed, which may have been written all the same. */
  written: number[][] | null;
};

/** Loads a server that nothing else is asked of, and notes what it acknowledged. */
export async function load(
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
  alone.turn +=
    loop.kind === 'closed'
      ? Math.ceil(seen.started / worlds.length) + 1
      : turnsBefore(loop.stages, loop.stages.length, worlds.length);
  const hasFailed = seen.samples.length < seen.started || seen.samples.some(([, , , isFailure]) => isFailure === 1);
  if (hasFailed) alone.written = null;
  alone.written?.push(seen.acknowledged);
  if (seen.complaint !== null) onComplaint(`${subject.plan.name}, ${scenario}: ${seen.complaint}`);
  return seen;
}
