import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome, RuleRecord } from '../../report/stream.ts';
import { applyKnown, type KnownEntry } from './known-failures.ts';
import { readKnownFailures } from './known-failures-file.ts';

const now = new Date('2031-02-01T10:00:00Z');
const entry: KnownEntry = {
  list: 'known failures',
  rule: 'http/pages',
  target: 'mine',
  reason: 'cursors are not signed yet',
  link: 'https://example.com/issues/7',
  expires: '2031-06-30',
  file: 'known.json',
};
const flaky: KnownEntry = { ...entry, list: 'flaky' };

function record(outcome: Outcome, rule: RuleRecord['rule'] = 'http/pages'): RuleRecord {
  return { type: 'rule', target: 'mine', rule, level: 'MUST', outcome, ms: 1, tests: 1, measurements: [] };
}

function apply(one: KnownEntry, outcome: Outcome): [string | undefined, Outcome | undefined] {
  const { known, ruleRecords } = applyKnown([one], [record(outcome)], ['mine'], now);
  return [known[0]?.state, ruleRecords[0]?.outcome];
}

describe('a known failure', () => {
  test('that fails is no failure, with its reason', () => {
    const { known, ruleRecords } = applyKnown([entry], [record('fail'), record('fail', 'http/head')], ['mine'], now);
    expect(known).toEqual([{ type: 'known', ...entry, state: 'holds', why: 'fails, as known' }]);
    expect(ruleRecords.map(({ outcome }) => outcome)).toEqual(['known failure', 'fail']);
    expect(ruleRecords[0]?.reason).toBe(
      'fails, as known: cursors are not signed yet (https://example.com/issues/7, until 2031-06-30)',
    );
    expect(apply(entry, 'warn')).toEqual(['holds', 'known failure']);
  });

  test('that passes is told, and its rule stays passed', () => {
    expect(apply(entry, 'pass')).toEqual(['passes', 'pass']);
  });

  test('holds through its last day and is expired the day after', () => {
    const onDay = (expires: string) => apply({ ...entry, expires }, 'fail');
    expect(onDay('2031-02-01')).toEqual(['holds', 'known failure']);
    expect(onDay('2031-01-31')).toEqual(['expired', 'fail']);
  });

  test('that matches nothing is told with what there is', () => {
    const whyOf = (one: KnownEntry, outcome: Outcome) =>
      applyKnown([one], [record(outcome)], ['mine'], now).known[0]?.why;
    expect(whyOf({ ...entry, rule: 'http/page' }, 'fail')).toBe('matches nothing: the contract has no such rule');
    expect(whyOf({ ...entry, target: 'yours' }, 'fail')).toBe('matches nothing: the targets of this run are mine');
    expect(whyOf(entry, 'not tested')).toBe('matches nothing: the rule was not tested: no reason given');
  });

  test('of a rule that the run did not choose is not asked', () => {
    expect(applyKnown([entry], [record('pass', 'http/head')], ['mine'], now).known[0]?.state).toBe('not asked');
  });

  test('does not hide what could not be judged', () => {
    expect(apply(entry, 'error')).toEqual(['holds', 'error']);
    expect(apply(flaky, 'error')).toEqual(['holds', 'error']);
  });
});

describe('a flaky rule', () => {
  test.each(['pass', 'fail', 'warn'] as const)('is flaky when it came out as %s', (outcome) => {
    expect(apply(flaky, outcome)).toEqual(['holds', 'flaky']);
  });

  test('expires and matches nothing as a known failure does', () => {
    expect(apply({ ...flaky, expires: '2031-01-31' }, 'pass')).toEqual(['expired', 'pass']);
    expect(apply(flaky, 'not tested')).toEqual(['matches nothing', 'not tested']);
  });
});

describe('the file', () => {
  let folder = '';
  beforeAll(() => void (folder = mkdtempSync(path.join(os.tmpdir(), 'duet-known-'))));
  afterAll(() => rmSync(folder, { recursive: true }));
  const { list: _list, file: _file, ...written } = entry;
  const reading = (content: unknown) => () => {
    const file = path.join(folder, 'known.json');
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return readKnownFailures(file);
  };

  test('has two lists', () => {
    const other = { ...written, rule: 'http/head' };
    expect(reading({ knownFailures: [written], flaky: [other] })().map(({ list, rule }) => `${list}: ${rule}`)).toEqual(
      ['known failures: http/pages', 'flaky: http/head'],
    );
    expect(reading({})()).toEqual([]);
  });

  test.each([
    ['{', /known\.json is no JSON: /],
    [[], /known\.json as a whole must be object; see/],
    [{ known: [] }, /known\.json as a whole must not have known; see/],
    [{ flaky: [{ ...written, link: '' }] }, /known\.json \/flaky\/0\/link must match pattern/],
    [{ flaky: [{ ...written, expires: '2031-02-30' }] }, /\/flaky\/0\/expires must match format "date"/],
    [{ flaky: [{ ...written, reason: undefined }] }, /\/flaky\/0 must have required property 'reason'/],
    [{ knownFailures: [written], flaky: [written] }, /has two entries for http\/pages on mine: leave one/],
  ])('is refused with its place: %j', (content, message) => {
    expect(reading(content)).toThrow(message);
  });

  test('that is missing is named', () => {
    expect(() => readKnownFailures('/nowhere/known.json')).toThrow(
      '--known-failures /nowhere/known.json: there is no such file',
    );
  });
});
