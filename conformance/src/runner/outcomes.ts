import { type RuleId, rules } from '@duet/contract/rules';
import { isWrong } from '../../report/known.ts';
import type {
  KnownRecord,
  Outcome,
  RuleRecord,
  TargetInfo,
  TestRecord,
  VerdictRecord,
  ViolationRecord,
} from '../../report/stream.ts';

export type Findings = { tests: TestRecord[]; violations: ViolationRecord[] };

/**
 * One rule's outcome on one target, from its tests and from what any answer of the run violated.
 * @param leftOut why the target was not asked, if it was not
 */
export function ruleRecord(target: string, rule: RuleId, findings: Findings, leftOut?: string): RuleRecord {
  const tests = findings.tests.filter((test) => test.target === target && test.rule === rule);
  const isViolated = findings.violations.some((violation) => violation.target === target && violation.rule === rule);
  const { level } = rules[rule];
  const isLeftOut = leftOut !== undefined && !isViolated;
  const outcome = isLeftOut ? 'left out' : outcomeOf(tests, isViolated);
  const reason = isLeftOut ? leftOut : reasonOf(tests, outcome);
  return {
    type: 'rule',
    target,
    rule,
    level,
    outcome: outcome === 'fail' && (level as string) === 'SHOULD' ? 'warn' : outcome,
    ...(reason !== undefined && { reason }),
    ms: Math.round(tests.reduce((sum, test) => sum + test.ms, 0)),
    tests: tests.length,
    measurements: tests.flatMap((test) => test.measurements),
  };
}

function outcomeOf(tests: TestRecord[], isViolated: boolean): Outcome {
  if (isViolated || tests.some((test) => test.outcome === 'fail')) return 'fail';
  if (tests.some((test) => test.outcome === 'error')) return 'error';
  return tests.some((test) => test.outcome === 'pass') ? 'pass' : 'not tested';
}

function reasonOf(tests: TestRecord[], outcome: Outcome): string | undefined {
  if (tests.length === 0) return outcome === 'not tested' ? 'this version has no test of it yet' : undefined;
  const lacking = tests.filter((test) => test.outcome === 'not tested');
  const reasons = [...new Set(lacking.map((test) => test.reason ?? ''))].join('; ');
  if (lacking.length === 0) return undefined;
  return lacking.length === tests.length ? reasons : `${lacking.length} of ${tests.length} tests not run: ${reasons}`;
}

/**
 * The verdict on one target. Something wrong outweighs what could not be judged; what could not be judged outweighs all that
 * passed or is known to fail. A MUST rule that is known to fail, or flaky, leaves nothing conformant.
 * @param cutShort why the run ended early, if it did
 */
export function verdictRecord(
  info: TargetInfo,
  ruleRecords: RuleRecord[],
  findings: Findings,
  judged: number,
  ms: number,
  cutShort?: string,
): VerdictRecord {
  const own = ruleRecords.filter((record) => record.target === info.name);
  const count = (outcome: Outcome) => own.filter((record) => record.outcome === outcome).length;
  const requests = findings.tests
    .filter((test) => test.target === info.name)
    .reduce((sum, test) => sum + test.requests, 0);
  const [known, flaky] = [count('known failure'), count('flaky')];
  const reason = cutShort ?? couldNotJudge(own, requests, judged);
  return {
    type: 'verdict',
    target: info.name,
    verdict: cutShort === undefined ? verdictOf(own, reason) : 'could not judge',
    profiles: info.profiles,
    ...(reason !== undefined && { reason }),
    passed: count('pass'),
    failed: count('fail'),
    warned: count('warn'),
    ...(known > 0 && { known }),
    ...(flaky > 0 && { flaky }),
    notTested: count('not tested'),
    errors: count('error'),
    requests,
    judged,
    ms: Math.round(ms),
  };
}

function verdictOf(own: RuleRecord[], reason: string | undefined): VerdictRecord['verdict'] {
  const isExcused = ({ level, outcome }: RuleRecord) =>
    level === 'MUST' && (outcome === 'known failure' || outcome === 'flaky');
  if (own.some(({ outcome }) => outcome === 'fail')) return 'not conformant';
  if (reason !== undefined) return 'could not judge';
  return own.some(isExcused) ? 'not conformant' : 'conformant';
}

function couldNotJudge(own: RuleRecord[], requests: number, judged: number): string | undefined {
  const errors = own.filter((record) => record.outcome === 'error');
  if (errors.length > 0) return `${errors.length} rules could not be judged, first ${errors[0]?.rule}`;
  const untested = own.filter(({ outcome }) => outcome === 'not tested' || outcome === 'left out');
  if (untested.length === own.length) return `nothing was tested: ${untested[0]?.reason ?? 'no rule was asked for'}`;
  if (judged !== requests) return `${requests - judged} answers were judged by nobody`;
  return requests === 0 ? 'no request was answered' : undefined;
}

/** Known failures that hold fail nothing; an entry that does not hold fails the run. */
export function exitCodeOf(verdicts: readonly VerdictRecord[], known: readonly KnownRecord[] = []): 0 | 1 | 2 {
  if (verdicts.some((record) => record.verdict === 'could not judge')) return 2;
  return verdicts.some((record) => record.failed > 0) || known.some(isWrong) ? 1 : 0;
}
