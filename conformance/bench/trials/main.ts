import { rmSync } from 'node:fs';
import path from 'node:path';
import { watchSignals } from '../../src/cli/interruption.ts';
import { stateFolder } from '../../src/stack/paths.ts';
import { headerOf } from '../header.ts';
import type { Design } from '../designs.ts';
import { findK6, type K6 } from '../k6/find-k6.ts';
import { measureAll } from '../measurement.ts';
import { stepsOf } from '../steps.ts';
import { analyse } from '../study/analyse.ts';
import { openBundle, readBundle } from '../study/bundle.ts';
import type { Study } from '../study/study.ts';
import type { SubjectPlan } from '../subjects.ts';
import { toolCache } from '../tool-cache.ts';
import { keepRun, readRuns } from './results.ts';
import { tell } from './tell.ts';
import { BASE, ofItself, trials, type Trial } from './trials.ts';

const RUNS = 20;
const RESULTS = path.join(import.meta.dirname, 'results');
const signal = watchSignals();
const log = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * Makes the trials of the measurement, 20 runs each: `main.ts [a-a | power-5 | power-20 …]`. Each run is kept when it is
 * done, so that a trial that is interrupted goes on where it was.
 */
async function main(names: string[]): Promise<number> {
  const chosen = trials.filter(({ name }) => names.length === 0 || names.includes(name));
  if (chosen.length === 0) {
    log(`no such trial: ${names.join(', ')}; there are ${trials.map(({ name }) => name).join(', ')}`);
    return 2;
  }
  const k6 = await findK6({ environment: process.env, cache: toolCache('k6'), log });
  if ('missing' in k6) {
    log(k6.missing);
    return 2;
  }
  let isMet = true;
  for (const trial of chosen) {
    for (let seed = readRuns(fileOf(trial)).length + 1; seed <= RUNS; seed += 1) await runOnce(trial, seed, k6);
    const told = tell(trial, readRuns(fileOf(trial)));
    console.log(told.text);
    isMet &&= told.isMet;
  }
  return isMet ? 0 : 1;
}

async function runOnce(trial: Trial, seed: number, k6: K6): Promise<void> {
  const [began, startedAt] = [performance.now(), new Date().toISOString()];
  const cost = trial.name === 'a-a' ? 0 : await microsecondsOf(trial, k6);
  const { header, comparisons } = await measured(trial.subjects(cost), trial.design, seed, k6);
  const seconds = Math.round((performance.now() - began) / 1000);
  const kept = ofItself(comparisons, header.subjects).map(({ metric: _metric, ...comparison }) => comparison);
  const { commit, machine } = header;
  keepRun(fileOf(trial), { trial: trial.name, seed, startedAt, seconds, commit, machine, comparisons: kept });
  const calls = kept.map(({ scenario, verdict, ratio }) => `${scenario} ${verdict} ${ratio.estimate.toFixed(3)}`);
  log(`${trial.name} ${seed} of ${RUNS}: ${calls.join(', ')} (${seconds} s)`);
}

/** What a point read costs the backend today, so that a share of it can be added. */
async function microsecondsOf(trial: Trial, k6: K6): Promise<number> {
  const alone = trial.subjects(0).filter(({ name }) => name === BASE);
  const { costs } = await measured(alone, { ...trial.design, blocks: 1, repetitions: 5 }, 1, k6);
  const cell = costs[0]?.cell;
  if (!cell || 'invalid' in cell) throw new Error(`a point read of ${BASE} could not be measured`);
  return cell.serverCpuMs.estimate * 1000;
}

async function measured(plans: SubjectPlan[], design: Design, seed: number, k6: K6): Promise<Study> {
  const file = path.join(stateFolder, 'trial.ndjson');
  const bundle = openBundle(file);
  try {
    bundle.keep(await headerOf({ profile: 'quick', seed, design }, plans, k6.version));
    await measureAll({
      plans,
      design,
      steps: stepsOf({ seed, keep: bundle.keep }),
      k6,
      signal,
      keep: bundle.keep,
      onProgress: () => undefined,
      onComplaint: log,
    });
  } finally {
    bundle.close();
  }
  const study = analyse(readBundle(file));
  rmSync(file);
  return study;
}

function fileOf({ name }: Trial): string {
  return path.join(RESULTS, `${name}.ndjson`);
}

process.exit(await main(process.argv.slice(2)));
