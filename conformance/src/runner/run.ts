import { randomInt, randomUUID } from 'node:crypto';
import os from 'node:os';
import { performance } from 'node:perf_hooks';
import { type RuleId, rules } from '@duet/contract/rules';
import type { ResultRecord, RunRecord, TargetInfo } from '../../report/stream.ts';
import { contractVersion } from '../driver/contract.ts';
import { CouldNotJudge, profilesOf, type SuiteTarget } from '../target.ts';
import { coverageRecords } from './coverage.ts';
import { applyKnown, type KnownEntry } from './known-failures.ts';
import { exitCodeOf, ruleRecord, verdictRecord } from './outcomes.ts';
import { type Level, listRuleFiles, selectRules } from './select.ts';
import { runTests } from './tests.ts';

export type SuiteOptions = {
  targets: SuiteTarget[];
  /** Globs over rule ids; all rules without. */
  rules?: readonly string[];
  level?: Level | undefined;
  seed?: number | undefined;
  /** What is known to fail, or to be flaky; nothing unless given. */
  known?: readonly KnownEntry[] | undefined;
  /** The command line, for the report. */
  command: string;
  /** Test files at a time, of each target. */
  jobs?: number | undefined;
  /** Aborting it ends the run early; its reason becomes the verdict's. */
  signal: AbortSignal;
  onRecord(record: ResultRecord): void;
};

/**
 * Runs the suite on all targets at once and streams what it finds.
 * @returns 0 all conformant, or broken in known ways alone; 1 one is not, or an entry of `known` is wrong; 2 one could not
 * be judged
 * @throws CouldNotJudge when no rule is selected
 */
export async function runSuite(options: SuiteOptions): Promise<{ exitCode: 0 | 1 | 2 }> {
  const started = performance.now();
  const selected = askedRules(options);
  const run = describeRun(options, selected);
  let records = 0;
  const emit = (record: ResultRecord) => {
    records += 1;
    options.onRecord(record);
  };
  emit(run);
  const testsRun = await runTests({ ...options, seed: run.seed }, listRuleFiles(selected), emit);
  const { findings, judged, cutShort } = testsRun;
  const { ruleRecords, known } = applyKnown(
    options.known ?? [],
    options.targets.flatMap((target) =>
      selected.map((rule) => ruleRecord(target.name, rule, findings, target.leftOut?.[rule])),
    ),
    options.targets.map(({ name }) => name),
    new Date(run.startedAt),
  );
  [...ruleRecords, ...known, ...coverageRecords(options, testsRun)].forEach(emit);
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
  const exitCode = exitCodeOf(verdicts, known);
  emit({ type: 'end', finishedAt: new Date().toISOString(), ms: Math.round(ms), exitCode, records: records + 1 });
  return { exitCode };
}

/** @throws CouldNotJudge when no rule fits, or none that fits is asked of a target */
function askedRules({ targets, rules: globs, level }: SuiteOptions): RuleId[] {
  const fitting = selectRules(globs, level);
  if (fitting.length === 0) throw new CouldNotJudge(noRule(globs ?? []));
  const selected = fitting.filter((rule) => targets.some(({ leftOut }) => leftOut?.[rule] === undefined));
  if (selected.length === 0)
    throw new CouldNotJudge(`no target is asked for ${fitting.join(', ')}: leave --provider away`);
  return selected;
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
    targets: options.targets.map((target) => describeTarget(target, selected)),
  };
}

function describeTarget(target: SuiteTarget, selected: RuleId[]): TargetInfo {
  const leftOut = selected.filter((rule) => target.leftOut?.[rule] !== undefined).length;
  const { name, urls, basePath, meta } = target;
  return {
    name,
    urls,
    ...(basePath !== '' && { basePath }),
    meta,
    profiles: profilesOf(target),
    ...(leftOut > 0 && { leftOut }),
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
