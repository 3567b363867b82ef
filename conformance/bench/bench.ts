import os from 'node:os';
import { existingBackends } from '../src/stack/backends.ts';
import { StartError } from '../src/stack/errors.ts';
import type { Design } from './designs.ts';
import { collectFacts, type FactsPart } from './facts/collect.ts';
import { findK6, k6Cache } from './k6/find-k6.ts';
import { checkedOut, machine, versions } from './machine.ts';
import { measureAll } from './measurement.ts';
import { openBundle, type BundleWriter } from './study/bundle.ts';
import { STUDY_FORMAT, type Header, type Series } from './study/records.ts';
import type { Part } from './study/study.ts';
import type { SubjectPlan } from './subjects.ts';
import { verdictOn } from './verdicts/verdicts.ts';

/** Of builds and unit tests. */
const RUNS = 3;
const NOT_YET: Part[] = ['spike', 'soak', 'node versions'];
const LOADS: Part[] = ['latency curves', 'throughput by concurrency', 'fan-out', 'frozen server'];

export type BenchOptions = {
  profile: Header['profile'];
  design: Design;
  series: Series[];
  seed: number;
  /** Where the raw data is kept. */
  file: string;
  /** The folder for what the suite says of what is measured. */
  out: string;
  words: string[];
  signal: AbortSignal;
  log(line: string): void;
};

/**
 * Measures the floor, both backends and the floor again, and keeps every record as it comes. What does not keep the
 * contract is not measured; without a load generator all but the load is kept.
 * @throws StartError, one line, when something cannot be started; what was measured before stays in the file
 */
export async function bench(options: BenchOptions): Promise<void> {
  const { signal, log } = options;
  checkProcessor();
  const k6 = await findK6({ environment: process.env, cache: k6Cache(), log });
  const plans = subjectsOf(options.series);
  const bundle = openBundle(options.file);
  try {
    bundle.keep(await headerOf(options, plans, 'version' in k6 ? k6.version : undefined));
    const measured = await keepVerdicts(plans, bundle, options);
    await keepFacts(measured, bundle, options);
    for (const part of NOT_YET)
      bundle.keep({ kind: 'not-measured', part, reason: 'duet bench does not measure it yet' });
    const reason = 'missing' in k6 ? k6.missing : 'the quick profile judges CPU alone; npm run bench -- --profile full';
    if ('missing' in k6 || !options.design.loads)
      for (const part of LOADS) bundle.keep({ kind: 'not-measured', part, reason });
    if ('missing' in k6) {
      log(`no load: ${k6.missing}`);
      for (const part of options.design.scenarios) bundle.keep({ kind: 'not-measured', part, reason: k6.missing });
    } else {
      const told = { keep: bundle.keep, onProgress: log, onComplaint: log };
      await measureAll({ ...options, ...told, plans: measured, k6 });
    }
    signal.throwIfAborted();
    bundle.keep({ kind: 'footer', records: 0, endedAt: new Date().toISOString() });
  } finally {
    bundle.close();
  }
}

export async function headerOf(
  { profile, seed, design }: Pick<BenchOptions, 'profile' | 'seed' | 'design'>,
  plans: SubjectPlan[],
  k6: string | undefined,
): Promise<Header> {
  const { scenarios, blocks, repetitions, connections, slice } = design;
  return {
    kind: 'header',
    format: STUDY_FORMAT,
    profile,
    seed,
    startedAt: new Date().toISOString(),
    ...(await checkedOut()),
    machine: machine(),
    versions: versions(k6),
    subjects: plans.map(({ name, product, role, series, node }) => ({ name, product, role, series, node })),
    scenarios,
    design: { blocks, repetitions, ...slice, connections },
  };
}

/** Keeps what the suite says of each. @returns those that keep the contract */
async function keepVerdicts(plans: SubjectPlan[], bundle: BundleWriter, options: BenchOptions): Promise<SubjectPlan[]> {
  const refused = new Set<string>();
  for (const plan of plans.filter(({ role }) => role !== 'control')) {
    const verdict = await verdictOn(plan.product, plan.series, options);
    bundle.keep(verdict);
    if (verdict.outcome === 'conformant') continue;
    refused.add(plan.name);
    options.log(`${plan.name} is ${verdict.outcome}, so it is not measured: ${verdict.failed.join(', ')}`);
  }
  return plans.filter(({ name, role }) => !refused.has(role === 'control' ? 'floor' : name));
}

/** Lines and dependencies always; what takes minutes in the full profile alone. */
async function keepFacts(plans: SubjectPlan[], bundle: BundleWriter, options: BenchOptions): Promise<void> {
  const products = [...new Set(plans.map(({ product }) => product))];
  const parts: FactsPart[] = options.profile === 'full' ? ['build time', 'tests time', 'logs'] : [];
  for (const facts of await collectFacts({ ...options, products, parts, runs: RUNS })) bundle.keep(facts);
}

/** Where a process has run is read from Linux's /proc. */
function checkProcessor(): void {
  if (os.platform() === 'linux') return;
  throw new StartError(
    `CPU time is read from Linux's /proc, and this is ${os.platform()}: run it on Linux, or in a container`,
  );
}

/** The floor, each backend that is here, and the floor again. */
export function subjectsOf(series: Series[]): SubjectPlan[] {
  const node = process.version;
  const backends = existingBackends().flatMap((id) =>
    series.map((one): SubjectPlan => {
      const product = `backend-${id}` as const;
      const name = one === 'statements' ? product : `${product} ${one}`;
      return { name, product, role: 'measured', series: one, node };
    }),
  );
  return [
    { name: 'floor', product: 'floor', role: 'floor', series: null, node },
    ...backends,
    { name: 'floor again', product: 'floor', role: 'control', series: null, node },
  ];
}
