import os from 'node:os';
import { StartError } from '../src/stack/errors.ts';
import type { Design } from './designs.ts';
import { collectFacts, type FactsPart } from './facts/collect.ts';
import { findK6, type K6, type NoK6 } from './k6/find-k6.ts';
import { measureAll } from './measurement.ts';
import { findOlderNode, type NoOlderNode, type OlderNode } from './node-versions/find-node.ts';
import { openRun, type OpenRunOptions } from './open-run.ts';
import { plansOf } from './plans.ts';
import { stepsOf } from './steps.ts';
import type { BundleWriter } from './study/bundle.ts';
import type { NotMeasured, Series, Verdict } from './study/records.ts';
import type { Part } from './study/study.ts';
import type { SubjectPlan } from './subjects.ts';
import { toolCache } from './tool-cache.ts';
import { verdictOn } from './verdicts/verdicts.ts';

/** Of builds and unit tests. */
const RUNS = 3;
const QUICK = 'the quick profile judges CPU alone; npm run bench -- --profile full';
const LOADS: Part[] = ['latency curves', 'throughput by concurrency', 'fan-out', 'frozen server', 'spike', 'soak'];

export type BenchOptions = OpenRunOptions & {
  series: Series[];
  /** The folder for what the suite says of what is measured. */
  out: string;
  words: string[];
  signal: AbortSignal;
};

/**
 * Measures the floor, both backends and the floor again, and keeps every record as it comes. What does not keep the
 * contract is not measured; without a load generator all but the load is kept.
 * @throws StartError, one line, when something cannot be started; what was measured before stays in the file
 */
export async function bench(options: BenchOptions): Promise<void> {
  const { signal, log } = options;
  checkProcessor();
  const k6 = await findK6({ environment: process.env, cache: toolCache('k6'), log });
  const older = await olderNode(options);
  const plans = plansOf(options.series, 'path' in older ? older : undefined);
  const { bundle, seed, kept } = await openRun(options, plans, 'version' in k6 ? k6.version : undefined);
  const { keep } = bundle;
  try {
    const done = new Set(kept.flatMap((record) => (record.kind === 'step' ? [record.name] : [])));
    const steps = stepsOf({ seed, done, keep });
    let verdicts = kept.filter((record) => record.kind === 'verdict');
    await steps.take('facts', async () => {
      verdicts = await keepFacts(plans, keep, options);
      absences(options.design, k6, older).forEach(keep);
    });
    const measured = conformant(plans, verdicts);
    if ('missing' in k6) log(`no load: ${k6.missing}`);
    else await measureAll({ ...options, steps, keep, onProgress: log, onComplaint: log, plans: measured, k6 });
    signal.throwIfAborted();
    keep({ kind: 'footer', records: 0, endedAt: new Date().toISOString() });
  } finally {
    bundle.close();
  }
}

/** The Node on which both backends are measured too, or why they are not. */
async function olderNode({ design, log }: BenchOptions): Promise<OlderNode | NoOlderNode> {
  if (!design.onOlderNode) return { missing: QUICK };
  return findOlderNode({ environment: process.env, cache: toolCache('node'), log });
}

/** Keeps what the suite says of each, and what each is. */
async function keepFacts(plans: SubjectPlan[], keep: BundleWriter['keep'], options: BenchOptions): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const plan of plans.filter(({ role }) => role !== 'control')) {
    const verdict = await verdictOn(plan, options);
    keep(verdict);
    verdicts.push(verdict);
    if (verdict.outcome === 'conformant') continue;
    options.log(`${plan.name} is ${verdict.outcome}, so it is not measured: ${verdict.failed.join(', ')}`);
  }
  const products = [...new Set(conformant(plans, verdicts).map(({ product }) => product))];
  // Lines and dependencies always; what takes minutes in the full profile alone.
  const parts: FactsPart[] = options.profile === 'full' ? ['build time', 'tests time', 'logs'] : [];
  for (const facts of await collectFacts({ ...options, products, parts, runs: RUNS })) keep(facts);
  return verdicts;
}

/** Those that keep the contract. */
function conformant(plans: SubjectPlan[], verdicts: Verdict[]): SubjectPlan[] {
  return plans.filter(({ product, series, node }) =>
    verdicts.some(
      (one) => one.product === product && one.series === series && one.node === node && one.outcome === 'conformant',
    ),
  );
}

/** The parts for which there is no tool, or which belong to another profile. */
function absences({ loads, scenarios }: Design, k6: K6 | NoK6, older: OlderNode | NoOlderNode): NotMeasured[] {
  const because = (reason: string, parts: string[]) =>
    parts.map((part): NotMeasured => ({ kind: 'not-measured', part, reason }));
  const noNode = 'missing' in older ? because(older.missing, ['node versions']) : [];
  if ('missing' in k6) return [...noNode, ...because(k6.missing, [...LOADS, ...scenarios])];
  return [...noNode, ...(loads ? [] : because(QUICK, LOADS))];
}

/** Where a process has run is read from Linux's /proc. */
function checkProcessor(): void {
  if (os.platform() === 'linux') return;
  throw new StartError(
    `CPU time is read from Linux's /proc, and this is ${os.platform()}: run it on Linux, or in a container`,
  );
}
