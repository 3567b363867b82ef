import { randomInt, randomUUID } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { type RuleId, rules } from '@duet/contract/rules';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import { createVitest, type Vitest } from 'vitest/node';
import type { ResultRecord, RunRecord, TargetInfo } from '../../report/stream.ts';
import { contractVersion } from '../driver/contract.ts';
import { CouldNotJudge, profilesOf, type SuiteTarget } from '../target.ts';
import { exitCodeOf, type Findings, ruleRecord, verdictRecord } from './outcomes.ts';
import { createReporter } from './reporter.ts';
import { FairSequencer } from './sequencer.ts';
import { type Level, listRuleFiles, type RuleFile, RULES_FOLDER, selectRules } from './select.ts';

export type SuiteOptions = {
  targets: SuiteTarget[];
  /** Globs over rule ids; all rules without. */
  rules?: readonly string[];
  level?: Level | undefined;
  seed?: number | undefined;
  /** The command line, for the report. */
  command: string;
  /** Test files at a time, both targets together. */
  workers?: number;
  /** Aborting it ends the run early; its reason becomes the verdict's. */
  signal: AbortSignal;
  onRecord(record: ResultRecord): void;
};

const WORKERS = 6;
const CACHE_FOLDER = path.join(os.tmpdir(), 'duet-vite');

/**
 * Runs the suite on all targets at once and streams what it finds.
 * @returns 0 all conformant, 1 one is not, 2 one could not be judged
 * @throws CouldNotJudge when no rule is selected
 */
export async function runSuite(options: SuiteOptions): Promise<{ exitCode: 0 | 1 | 2 }> {
  const started = performance.now();
  const selected = selectRules(options.rules, options.level);
  if (selected.length === 0) throw new CouldNotJudge(noRule(options.rules ?? []));
  const run = describeRun(options, selected);
  let records = 0;
  const emit = (record: ResultRecord) => {
    records += 1;
    options.onRecord(record);
  };
  emit(run);
  const { findings, judged, cutShort } = await runTests(options, listRuleFiles(selected), emit);
  const ruleRecords = options.targets.flatMap((target) =>
    selected.map((rule) => ruleRecord(target.name, rule, findings)),
  );
  ruleRecords.forEach(emit);
  const ms = performance.now() - started;
  const verdicts = run.targets.map((info) =>
    verdictRecord(
      info,
      ruleRecords,
      findings,
      judged.get(info.name) ?? 0,
      ms,
      cutShort.get(info.name) ?? cutShort.get('*'),
    ),
  );
  verdicts.forEach(emit);
  const exitCode = exitCodeOf(verdicts);
  emit({ type: 'end', finishedAt: new Date().toISOString(), ms: Math.round(ms), exitCode, records: records + 1 });
  return { exitCode };
}

async function runTests(options: SuiteOptions, files: RuleFile[], emit: (record: ResultRecord) => void) {
  const findings: Findings = { tests: [], violations: [] };
  const judged = new Map<string, number>();
  const cutShort = new Map<string, string>();
  const reporter = createReporter({
    onTest(record, count) {
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
  const vitest: Vitest = await createVitest(
    {
      root: RULES_FOLDER,
      config: false,
      watch: false,
      reporters: [reporter],
      projects: projectsOf(options, files),
      passWithNoTests: true,
      maxWorkers: options.workers ?? WORKERS,
      sequence: { sequencer: FairSequencer },
    },
    { logLevel: 'error', cacheDir: CACHE_FOLDER },
  );
  const cancel = () => {
    cutShort.set(
      '*',
      String(
        options.signal.reason instanceof Error
          ? options.signal.reason.message
          : (options.signal.reason ?? 'interrupted'),
      ),
    );
    void vitest.cancelCurrentRun('keyboard-input');
  };
  options.signal.addEventListener('abort', cancel, { once: true });
  if (options.signal.aborted) cancel();
  try {
    if (files.length > 0 && !options.signal.aborted) await vitest.start();
  } finally {
    options.signal.removeEventListener('abort', cancel);
    await vitest.close();
  }
  return { findings, judged, cutShort };
}

/** Both targets side by side first; then each target's bounds in seconds, alone. */
function projectsOf(options: SuiteOptions, files: RuleFile[]): TestProjectInlineConfiguration[] {
  const workers = options.workers ?? WORKERS;
  return options.targets.flatMap((target, index) => [
    projectOf(
      target.name,
      target,
      'busy',
      files.filter((file) => file.hasBusy),
      0,
      workers,
    ),
    projectOf(
      `${target.name} (quiet)`,
      target,
      'quiet',
      files.filter((file) => file.hasQuiet),
      index + 1,
      1,
    ),
  ]);
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
      pool: 'threads',
      isolate: false,
      maxWorkers: workers,
      sequence: { groupOrder },
      testTimeout: 30_000,
      hookTimeout: 30_000,
    },
  };
}

function describeRun(options: SuiteOptions, selected: RuleId[]): RunRecord {
  const cpus = os.cpus();
  return {
    type: 'run',
    schema: 1,
    id: randomUUID(),
    startedAt: new Date().toISOString(),
    contractVersion,
    seed: options.seed ?? randomInt(2 ** 31),
    command: options.command,
    machine: {
      cpu: cpus[0]?.model ?? 'unknown',
      cores: cpus.length,
      memoryBytes: os.totalmem(),
      platform: `${os.type()} ${os.release()} ${os.arch()}`,
      node: process.version,
    },
    rules: selected.map((id) => ({ id, level: rules[id].level, profile: rules[id].profile })),
    targets: options.targets.map((target): TargetInfo => ({
      name: target.name,
      urls: target.urls,
      meta: target.meta,
      profiles: profilesOf(target),
    })),
  };
}

function noRule(globs: readonly string[]): string {
  const words = globs.flatMap((glob) => glob.split(/[^a-z]+/)).filter((word) => word.length > 2);
  const near = Object.keys(rules).filter((id) => words.some((word) => id.includes(word)));
  const hint =
    near.length > 0
      ? `near: ${near.slice(0, 5).join(', ')}`
      : 'areas: http, accounts, sessions, doctors, appointments, calls, messages, events, webhooks, operations';
  return `no rule fits ${globs.join(', ') || 'the level'}: ${hint}`;
}
