import type { Exchange, Failure, TestRecord, ViolationRecord } from './records.ts';
import { count } from './text.ts';

/** One thing that is wrong: a test that failed, or a fault that the judge saw in answers, whoever had asked. */
export type Finding = {
  kind: 'test' | 'answers';
  outcome: 'fail' | 'error';
  title: string;
  failures: Failure[];
  /** The exchange that shows it comes last. */
  exchanges: Exchange[];
  /** How many answers; 1 for a test. */
  count: number;
  /** The test that got the first of the answers. */
  during?: ViolationRecord['during'];
};

/** The findings of one rule on one target: tests first, then answers, the most frequent first. */
export function findFindings(tests: readonly TestRecord[], violations: readonly ViolationRecord[]): Finding[] {
  return [...tests.flatMap(findingOfTest), ...findingsOfAnswers(violations)];
}

function findingOfTest(test: TestRecord): Finding[] {
  if (test.outcome !== 'fail' && test.outcome !== 'error') return [];
  const unsaid: Failure = { key: test.outcome, message: test.reason ?? 'The test ended without saying why.' };
  const failures = test.failures.length > 0 ? test.failures : [unsaid];
  return [{ kind: 'test', outcome: test.outcome, title: test.title, failures, exchanges: test.exchanges, count: 1 }];
}

function findingsOfAnswers(violations: readonly ViolationRecord[]): Finding[] {
  const groups = Map.groupBy(violations, ({ failure, exchange }) => `${exchange.operationId} ${failure.key}`);
  return [...groups.values()].flatMap(findingOfAnswers).sort((left, right) => right.count - left.count);
}

/** The first exchange stands for all: the same key of the same operation is the same fault. */
function findingOfAnswers(violations: ViolationRecord[]): Finding[] {
  const first = violations[0];
  if (!first) return [];
  const from = first.exchange.operationId ?? 'an unknown operation';
  const title = `${count(violations.length, 'answer')} of ${from}, first in “${first.during.title}” (${first.during.rule})`;
  const { failure, exchange, during } = first;
  const shown = { title, failures: [failure], exchanges: [exchange], during };
  return [{ kind: 'answers', outcome: 'fail', ...shown, count: violations.length }];
}
