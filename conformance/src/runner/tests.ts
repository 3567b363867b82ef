import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import { createVitest, type Vitest } from 'vitest/node';
import type { ResultRecord } from '../../report/stream.ts';
import type { Findings } from './outcomes.ts';
import { createReporter } from './reporter.ts';
import type { SuiteOptions } from './run.ts';
import { type RuleFile, RULES_FOLDER } from './select.ts';
import { BlockSequencer } from './sequencer.ts';
import type { SuiteTarget } from '../target.ts';

export type TestsRun = {
  findings: Findings;
  /** Answers judged, by target. */
  judged: ReadonlyMap<string, number>;
  /** Why the run ended early, by target; `*` for all. */
  cutShort: ReadonlyMap<string, string>;
};

const WORKERS = 4;
const CACHE_FOLDER = path.join(os.tmpdir(), 'duet-vite');
/** No single test takes so long: a worker that hangs must not hang the run. */
const LONGEST_SILENCE_MS = 120_000;
const CLOSING_MS = 10_000;

/** Runs the files on all targets by vitest and hands on each record as it comes. */
export async function runTests(
  options: SuiteOptions,
  files: RuleFile[],
  emit: (record: ResultRecord) => void,
): Promise<TestsRun> {
  const findings: Findings = { tests: [], violations: [] };
  const judged = new Map<string, number>();
  const cutShort = new Map<string, string>();
  let heardAt = performance.now();
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
    onGone(target, reason) {
      if (cutShort.size === 0) void vitest.cancelCurrentRun('test-failure');
      cutShort.set(target, cutShort.get(target) ?? reason);
    },
  });
  const vitest = await prepare(options, files, reporter);
  const stop = (reason: string): void => {
    cutShort.set('*', reason);
    void vitest.cancelCurrentRun('keyboard-input');
  };
  const cancel = (): void => stop(wordsOf(options.signal.reason));
  options.signal.addEventListener('abort', cancel, { once: true });
  try {
    if (files.length > 0 && !options.signal.aborted) {
      await Promise.race([vitest.start(), silence(() => heardAt, options.signal).then(stop)]);
    }
    if (options.signal.aborted) cancel();
  } finally {
    options.signal.removeEventListener('abort', cancel);
    await Promise.race([vitest.close(), pause(CLOSING_MS)]);
  }
  return { findings, judged, cutShort };
}

function prepare(
  options: SuiteOptions,
  files: RuleFile[],
  reporter: ReturnType<typeof createReporter>,
): Promise<Vitest> {
  return createVitest(
    {
      root: RULES_FOLDER,
      config: false,
      watch: false,
      reporters: [reporter],
      projects: projectsOf(options, files),
      passWithNoTests: true,
      // No maxWorkers here: it would override the projects' own, and the quiet lane's one would be four.
      sequence: { sequencer: BlockSequencer },
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

/** Both targets side by side first; then each target's bounds in seconds, alone. */
function projectsOf(options: SuiteOptions, files: RuleFile[]): TestProjectInlineConfiguration[] {
  const workers = options.workers ?? WORKERS;
  return options.targets.flatMap((target, index) => {
    const asked = files.filter(({ rule }) => target.leftOut?.[rule] === undefined);
    const [busy, quiet] = [asked.filter(({ hasBusy }) => hasBusy), asked.filter(({ hasQuiet }) => hasQuiet)];
    return [
      projectOf(target.name, target, 'busy', busy, 0, workers),
      projectOf(`${target.name} (quiet)`, target, 'quiet', quiet, index + 1, 1),
    ];
  });
}

function projectOf(
  name: string,
  target: SuiteTarget,
  lane: 'busy' | 'quiet',
  files: RuleFile[],
  groupOrder: number,
  workers: number,
): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      root: RULES_FOLDER,
      include: files.map(({ file }) => file),
      provide: { target, lane },
      // Processes, not threads: one that hangs can be ended.
      pool: 'forks',
      isolate: false,
      maxWorkers: workers,
      sequence: { groupOrder },
      testTimeout: 30_000,
      hookTimeout: 30_000,
    },
  };
}
