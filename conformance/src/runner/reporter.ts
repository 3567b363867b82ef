import { type RuleId, rules } from '@duet/contract/rules';
import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node';
import type { Mark } from '../coverage/marks.ts';
import type { Lane } from '../rule.ts';
import type { Failure, TestRecord, ViolationRecord } from '../../report/stream.ts';

export type Listener = {
  onTest(record: TestRecord, judged: number): void;
  onViolation(record: ViolationRecord): void;
  /** What of the contract a worker had not seen before. */
  onSeen(target: string, marks: readonly Mark[]): void;
  /** The target answers nothing any more. */
  onGone(target: string, reason: string): void;
};

type ReportedError = {
  name?: string;
  message: string;
  stack?: string | undefined;
  expected?: unknown;
  actual?: unknown;
};

const LONGEST = 2_000;

/** Turns what vitest reports into records of the result stream. */
export function createReporter(listener: Listener): Reporter {
  return {
    onTestCaseResult: (testCase) => reportCase(testCase, listener),
    onTestSuiteResult: (suite) => reportSetup(suite, suite.errors(), listener),
    onTestModuleEnd: (module) => reportSetup(module, module.errors(), listener),
  };
}

/** The name under which vitest runs a lane of a target. */
export function projectName(target: string, lane: Lane): string {
  return lane === 'busy' ? target : `${target} (${lane})`;
}

function targetOf(project: string): string {
  return project.replace(/ \((waiting|quiet)\)$/, '');
}

function reportCase(testCase: TestCase, listener: Listener): void {
  const { duet, steps } = testCase.meta();
  const target = targetOf(testCase.project.name);
  const result = testCase.result();
  const errors: readonly ReportedError[] = result.state === 'failed' ? result.errors : [];
  if (!duet) return;
  const { rule, recording } = duet;
  const outcome = duet.notTested !== undefined ? 'not tested' : outcomeOf(result.state, errors);
  listener.onTest(
    {
      type: 'test',
      target,
      rule,
      title: testCase.name,
      outcome,
      ...(duet.notTested !== undefined && { reason: duet.notTested }),
      ms: Math.round(testCase.diagnostic()?.duration ?? 0),
      requests: recording.requests,
      measurements: recording.measurements,
      failures: errors.map(toFailure),
      exchanges: outcome === 'fail' || outcome === 'error' ? recording.exchanges : [],
      ...(steps && steps.length > 0 && { steps }),
    },
    recording.judged,
  );
  listener.onSeen(target, recording.seen);
  for (const { rule: broken, failure, exchange } of recording.violations) {
    listener.onViolation({
      type: 'violation',
      target,
      rule: broken,
      during: { rule, title: testCase.name },
      failure,
      exchange,
    });
  }
  reportGone(target, errors, listener);
}

/** What fails outside a test (a file that cannot be loaded, people that could not be made) is an error of the rule. */
function reportSetup(entity: TestSuite | TestModule, errors: readonly ReportedError[], listener: Listener): void {
  if (errors.length === 0) return;
  const target = targetOf(entity.project.name);
  const rule = (entity.type === 'suite' ? entity.name : ruleOfFile(entity.moduleId)) as RuleId;
  if (!(rule in rules)) return;
  const failures = errors.map(toFailure);
  listener.onTest(
    {
      type: 'test',
      target,
      rule,
      title: '(setting up)',
      outcome: 'error',
      ms: 0,
      requests: 0,
      measurements: [],
      failures,
      exchanges: [],
    },
    0,
  );
  reportGone(target, errors, listener);
}

function ruleOfFile(file: string): string {
  return file
    .replaceAll('\\', '/')
    .replace(/^.*\/rules\//, '')
    .replace(/\.test\.ts$/, '');
}

function reportGone(target: string, errors: readonly ReportedError[], listener: Listener): void {
  const gone = errors.find((error) => error.name === 'TargetGone');
  if (gone) listener.onGone(target, gone.message);
}

function outcomeOf(state: string, errors: readonly ReportedError[]): TestRecord['outcome'] {
  if (state === 'passed') return 'pass';
  if (state === 'skipped') return 'not tested';
  return errors.some((error) => error.name === 'TargetGone' || error.name === 'CouldNotJudge') ? 'error' : 'fail';
}

function toFailure(error: ReportedError): Failure {
  const message = error.message.slice(0, LONGEST);
  const place = /\/rules\/(\S+?:\d+):\d+/.exec(error.stack ?? '')?.[1];
  return {
    key: place ?? message.split('\n')[0]?.slice(0, 120) ?? 'failure',
    message,
    ...(error.expected !== undefined && { expected: text(error.expected) }),
    ...(error.actual !== undefined && { actual: text(error.actual) }),
    ...(error.stack !== undefined && { stack: ownLines(error.stack) }),
  };
}

function text(value: unknown): string {
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))).slice(0, LONGEST);
}

/** Only lines of the suite itself say something to a reader. */
function ownLines(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => line.includes('/conformance/rules/') || line.includes('/conformance/src/'))
    .map((line) => line.replace(/\(?(?:file:\/\/)?\S*\/conformance\//, '(conformance/'))
    .join('\n')
    .slice(0, LONGEST);
}
