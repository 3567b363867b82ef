import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import type { Vitest } from 'vitest/node';
import type { ResultRecord } from '../../report/stream.ts';
import { Seen } from '../coverage/seen.ts';
import type { Findings } from './outcomes.ts';
import { createReporter, projectName } from './reporter.ts';
import type { SuiteOptions } from './run.ts';
import { type RuleFile, RULES_FOLDER } from './select.ts';
import type { Lane } from '../rule.ts';
import { stateFolder } from '../stack/paths.ts';
import type { SuiteTarget } from '../target.ts';

export type TestsRun = {
  findings: Findings;
  /** Answers judged, by target. */
  judged: ReadonlyMap<string, number>;
  seen: Seen;
  /** Why the run ended early, by target; `*` for all. */
  cutShort: ReadonlyMap<string, string>;
};

/** Of the busy lanes of all targets together: fewer leave the cores idle while tests wait, more fill the memory. */
const WORKERS = 8;
const MOST_WORKERS_A_TARGET = 4;
const WITNESS = fileURLToPath(new URL('witness.ts', import.meta.url));
const CACHE_FOLDER = path.join(os.tmpdir(), 'duet-vite');
/** No single test takes so long: a worker that hangs must not hang the run. */
const LONGEST_SILENCE_MS = 120_000;
const CLOSING_MS = 10_000;

type Options = SuiteOptions & { seed: number };

/** Runs the files on all targets by vitest and hands on each record as it comes. */
export async function runTests(
  options: Options,
  files: RuleFile[],
  emit: (record: ResultRecord) => void,
): Promise<TestsRun> {
  const findings: Findings = { tests: [], violations: [] };
  const judged = new Map<string, number>();
  const seen = new Seen();
  const cutShort = new Map<string, string>();
  const running = new Set<Vitest>();
  let heardAt = performance.now();
  const cancel = (why: 'test-failure' | 'keyboard-input'): void => {
    for (const vitest of running) void vitest.cancelCurrentRun(why);
  };
  const reporter = createReporter({
    onTest(record, count) {
      heardAt = performance.now();
      findings.tests.push(record);
      judged.set(record.target, (judged.get(record.target) ?? 0) + count);
      emit(record);
    },
    onViolation(record) {
      findings.violations.push(record);
      emit(record);
    },
    onSeen: (target, marks) => seen.add(target, marks),
    onGone(target, reason) {
      if (cutShort.size === 0) cancel('test-failure');
      cutShort.set(target, cutShort.get(target) ?? reason);
    },
  });
  const stop = (reason: string): void => {
    cutShort.set('*', reason);
    cancel('keyboard-input');
  };
  const interrupted = (): void => stop(wordsOf(options.signal.reason));
  options.signal.addEventListener('abort', interrupted, { once: true });
  const silent = silence(() => heardAt, options.signal).then(stop);
  const run = async (lanes: TestProjectInlineConfiguration[]): Promise<void> => {
    if (lanes.length === 0 || cutShort.size > 0 || options.signal.aborted) return;
    const vitest = await prepare(lanes, reporter);
    running.add(vitest);
    try {
      if (cutShort.size === 0) await Promise.race([vitest.start(), silent]);
    } finally {
      running.delete(vitest);
      await Promise.race([vitest.close(), pause(CLOSING_MS)]);
    }
  };
  try {
    await Promise.all(busyLanes(options, files).map((lane) => run([lane])));
    await Promise.all(waitingLanes(options, files).map(run));
    await run(quietLanes(options, files));
    if (options.signal.aborted) interrupted();
  } finally {
    options.signal.removeEventListener('abort', interrupted);
  }
  return { findings, judged, seen, cutShort };
}

/**
 * vitest is loaded here and not with the command: its bundler's threads, just begun, can keep a process that ends at once
 * from ending.
 */
async function prepare(
  projects: TestProjectInlineConfiguration[],
  reporter: ReturnType<typeof createReporter>,
): Promise<Vitest> {
  const [{ createVitest }, { WaitingFirstSequencer }] = await Promise.all([
    import('vitest/node'),
    import('./sequencer.ts'),
  ]);
  return createVitest(
    {
      root: RULES_FOLDER,
      config: false,
      watch: false,
      reporters: [reporter],
      projects,
      passWithNoTests: true,
      // Not below node_modules, which an image or an installed package may not write to.
      fsModuleCachePath: path.join(stateFolder, 'test-modules'),
      // No maxWorkers here: it would override the projects' own, and the quiet lane's one would be many.
      sequence: { sequencer: WaitingFirstSequencer },
      // A long difference is cut by the report anyway, and costs minutes to find.
      diff: { truncateThreshold: 200, maxDepth: 8 },
    },
    { logLevel: 'error', cacheDir: CACHE_FOLDER },
  );
}

/** Resolves, with the reason, when no test has finished for too long; never once the run is interrupted. */
function silence(heardAt: () => number, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (signal.aborted) clearInterval(timer);
      if (performance.now() - heardAt() < LONGEST_SILENCE_MS) return;
      clearInterval(timer);
      resolve(`no test has finished for ${LONGEST_SILENCE_MS / 1000} s: a test worker hangs`);
    }, 1000);
    timer.unref();
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

function wordsOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason ?? 'interrupted');
}

/**
 * All targets side by side, each by a vitest of its own: one alone keeps a worker only while the next file in its single
 * queue is of the same target, and a new worker costs a second of a core.
 */
function busyLanes(options: Options, files: RuleFile[]): TestProjectInlineConfiguration[] {
  const share = Math.floor(WORKERS / options.targets.length);
  const jobs = options.jobs ?? Math.min(MOST_WORKERS_A_TARGET, Math.max(2, share));
  return options.targets.flatMap((target) => laneOf(options, files, { target, lane: 'busy', jobs }));
}

/** Then what waits, targets side by side again, but one after the other where a Twilio told to fail fails them all. */
function waitingLanes(options: Options, files: RuleFile[]): TestProjectInlineConfiguration[][] {
  const groups = Map.groupBy(options.targets, ({ name, twilio }) => twilio?.controlUrl ?? name);
  return [...groups.values()].map((targets) =>
    targets.flatMap((target, order) => laneOf(options, files, { target, lane: 'waiting', order })),
  );
}

/** Then each target's bounds in seconds, with nothing beside it. */
function quietLanes(options: Options, files: RuleFile[]): TestProjectInlineConfiguration[] {
  return options.targets.flatMap((target, order) => laneOf(options, files, { target, lane: 'quiet', order }));
}

/** What a vitest runs of a target; `jobs` files at a time, after those of a lower `order`. */
type LaneOptions = { target: SuiteTarget; lane: Lane; order?: number; jobs?: number };

/** None where the target is asked for nothing in this lane. */
function laneOf(
  { seed }: Options,
  files: RuleFile[],
  { target, lane, order = 0, jobs = 1 }: LaneOptions,
): TestProjectInlineConfiguration[] {
  const asked = files.filter(({ rule, lanes }) => lanes.includes(lane) && target.leftOut?.[rule] === undefined);
  if (asked.length === 0) return [];
  const test: TestProjectInlineConfiguration['test'] = {
    name: projectName(target.name, lane),
    root: RULES_FOLDER,
    include: asked.map(({ file }) => file),
    setupFiles: [WITNESS],
    provide: { target, lane, seed },
    // Processes, not threads: one that hangs can be ended.
    pool: 'forks',
    isolate: false,
    maxWorkers: jobs,
    sequence: { groupOrder: order },
    // A test that asserted nothing has shown nothing: it fails.
    expect: { requireAssertions: true },
    hookTimeout: 90_000,
  };
  return [{ test }];
}
