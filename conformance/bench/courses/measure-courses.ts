import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Loop } from '../k6/scenarios/order.ts';
import { load, type Alone, type LoadsOptions } from '../loads/alone.ts';
import { loadNumbers } from '../loads/load-cell.ts';
import { readRuntime, tellRuntime } from '../probes/runtime.ts';
import type { Timeline } from '../study/records.ts';
import { pointsOf } from './course.ts';
import { watchProcess, type ProcessMoment } from './watch-process.ts';

type Course = Pick<Timeline, 'scenario' | 'load' | 'stages'>;

/** What a process needs to be told at its start for its courses to be measured, and the file to which it tells. */
export async function openRuntimeFile(): Promise<{ file: string; nodeOptions: string[]; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'duet-runtime-'));
  const file = path.join(folder, 'seconds.ndjson');
  return { file, nodeOptions: tellRuntime(file), remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A spike and a soak on a server that tells its runtime to that file. `rateOf` gives the rate of a share of the knee. */
export async function measureCourses(
  alone: Alone,
  runtimeFile: string,
  rateOf: (scenario: Timeline['load'], share: number) => number,
  options: LoadsOptions,
): Promise<void> {
  const { spike, soak, seconds } = options.loads;
  for (const scenario of new Set([spike.scenario, soak.scenario])) {
    await load(alone, scenario, { kind: 'closed', connections: 8, seconds: seconds.warm }, options);
  }
  const stage = (of: Timeline['load'], share: number, lasting: number) => ({
    share,
    ratePerSecond: rateOf(of, share),
    seconds: lasting,
  });
  const { calm, high } = spike.shares;
  const stages = [
    stage(spike.scenario, calm, spike.seconds.before),
    stage(spike.scenario, high, spike.seconds.high),
    stage(spike.scenario, calm, spike.seconds.after),
  ];
  await keepCourse(alone, runtimeFile, { scenario: 'spike', load: spike.scenario, stages }, options);
  const long = [stage(soak.scenario, soak.share, soak.seconds)];
  await keepCourse(alone, runtimeFile, { scenario: 'soak', load: soak.scenario, stages: long }, options);
}

async function keepCourse(alone: Alone, runtimeFile: string, course: Course, options: LoadsOptions): Promise<void> {
  const { subject, block } = alone;
  const name = subject.plan.name;
  options.onProgress(`alone ${block}, ${name}, ${course.load}: ${course.scenario}`);
  const { virtualUsers } = options.loads;
  const stages = course.stages.map(({ ratePerSecond, seconds }) => ({ ratePerSecond, seconds }));
  const loop: Loop = { kind: 'open', virtualUsers, stages };
  const moments: ProcessMoment[] = [];
  const seen = await load(alone, course.load, loop, options, (over) =>
    watchProcess(subject.process.pid, moments, over),
  );
  const { compared, mismatches, startLag, cpu } = loadNumbers(loop, seen);
  const { samples, beganAt } = seen;
  const points = pointsOf({ stages, samples, beganAt, process: moments, runtime: readRuntime(runtimeFile) });
  options.keep({ kind: 'timeline', ...course, block, subject: name, compared, mismatches, startLag, cpu, points });
}
