import { expect, test } from 'vitest';
import { knownRecord } from '../../report/fixtures/known.ts';
import { target } from '../../report/fixtures/run.ts';
import type { KnownRecord, Outcome, RuleRecord, TestRecord } from '../../report/stream.ts';
import { exitCodeOf, verdictRecord } from './outcomes.ts';

const info = target('backend-a', 'Express', 'TypeORM');

function record(outcome: Outcome, level: RuleRecord['level'] = 'MUST'): RuleRecord {
  return { type: 'rule', target: 'backend-a', rule: 'http/pages', level, outcome, ms: 1, tests: 1, measurements: [] };
}

function judged(...records: RuleRecord[]) {
  const nothing = { measurements: [], failures: [], exchanges: [] };
  const base = { type: 'test' as const, target: 'backend-a', rule: 'http/pages' as const, title: 'holds', ms: 1 };
  const tests: TestRecord[] = [{ ...base, ...nothing, outcome: 'pass', requests: 3 }];
  return verdictRecord(info, records, { tests, violations: [] }, 3, 10);
}

const outcomeOf = (known: KnownRecord[], ...records: RuleRecord[]) => {
  const verdict = judged(...records);
  return [verdict.verdict, exitCodeOf([verdict], known)];
};

test('what passes is conformant', () => {
  expect(outcomeOf([], record('pass'), record('not tested'), record('warn', 'SHOULD'))).toEqual(['conformant', 0]);
  expect(judged(record('pass'))).not.toHaveProperty('known');
});

test('where nothing was tested there is no verdict, whatever was sent', () => {
  const untested = { ...record('not tested'), reason: 'needs the video provider peer' };
  expect(outcomeOf([], untested, record('left out'))).toEqual(['could not judge', 2]);
  expect(judged(untested).reason).toBe('nothing was tested: needs the video provider peer');
});

test('a failure is not conformant, whatever else is known', () => {
  expect(outcomeOf([knownRecord()], record('known failure'), record('fail'), record('error'))).toEqual([
    'not conformant',
    1,
  ]);
});

test('known failures alone are not conformant and fail nothing', () => {
  expect(outcomeOf([knownRecord()], record('pass'), record('known failure'))).toEqual(['not conformant', 0]);
  expect(outcomeOf([knownRecord({ list: 'flaky' })], record('flaky'))).toEqual(['not conformant', 0]);
  expect(judged(record('known failure'), record('flaky'), record('flaky'))).toMatchObject({ known: 1, flaky: 2 });
});

test('a known failure of a SHOULD rule leaves the target conformant', () => {
  expect(outcomeOf([knownRecord()], record('known failure', 'SHOULD'))).toEqual(['conformant', 0]);
});

test('an error beside known failures could not be judged', () => {
  expect(outcomeOf([knownRecord()], record('known failure'), record('error'))).toEqual(['could not judge', 2]);
});

test.each(['passes', 'expired', 'matches nothing'] as const)('an entry that %s fails the run', (state) => {
  expect(outcomeOf([knownRecord({ state })], record('pass'))).toEqual(['conformant', 1]);
});

test('an entry of a rule that was not asked fails nothing', () => {
  expect(outcomeOf([knownRecord({ state: 'not asked' })], record('pass'))).toEqual(['conformant', 0]);
});
