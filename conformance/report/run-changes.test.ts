import { describe, expect, test } from 'vitest';
import { conformantRecords, fixtureRecords } from './fixtures/run.ts';
import type { Outcome, ResultRecord } from './records.ts';
import { type Change, compareRuns } from './run-changes.ts';

/** A good run of one target, in which these rules came out otherwise; null leaves the rule out. */
function run(outcomes: Record<string, Outcome | null> = {}, name = 'backend-a'): ResultRecord[] {
  return conformantRecords(name).flatMap((record): ResultRecord[] => {
    if (record.type !== 'rule' || !(record.rule in outcomes)) return [record];
    const outcome = outcomes[record.rule];
    return outcome ? [{ ...record, outcome, reason: `it was ${outcome}` }] : [];
  });
}

const told = (changes: Change[]) => changes.map(({ rule, before, after }) => `${rule}: ${before} → ${after}`);

test('the same run twice has no changes', () => {
  expect(compareRuns(fixtureRecords(), fixtureRecords())).toEqual({
    regressions: [],
    repaired: [],
    newlyTested: [],
    newlyUntested: [],
    added: [],
    gone: [],
    compared: 172,
  });
});

describe('a regression', () => {
  test.each(['fail', 'warn', 'error', 'known failure'] as const)('is what passed and is now %s', (after) => {
    const { regressions, repaired } = compareRuns(run(), run({ 'http/pages': after }));
    expect([told(regressions), repaired]).toEqual([[`http/pages: pass → ${after}`], []]);
    const back = compareRuns(run({ 'http/pages': after }), run());
    expect([back.regressions, told(back.repaired)]).toEqual([[], [`http/pages: ${after} → pass`]]);
  });

  test.each([
    ['fail', 'error'],
    ['fail', 'known failure'],
    ['known failure', 'fail'],
    ['pass', 'flaky'],
    ['flaky', 'fail'],
  ] as const)('is none from %s to %s, and nothing is repaired', (before, after) => {
    const { regressions, repaired } = compareRuns(run({ 'http/pages': before }), run({ 'http/pages': after }));
    expect([regressions, repaired]).toEqual([[], []]);
  });
});

test('what one run did not judge is told apart', () => {
  const before = run({ 'http/pages': 'not tested', 'http/head': 'pass', 'http/ids': null });
  const after = run({ 'http/pages': 'fail', 'http/head': 'not tested', 'http/cors': null });
  const { newlyTested, newlyUntested, regressions } = compareRuns(before, after);
  expect(told(newlyTested).sort()).toEqual(['http/ids: null → pass', 'http/pages: not tested → fail']);
  expect(told(newlyUntested)).toEqual(['http/cors: pass → null', 'http/head: pass → not tested']);
  expect(newlyUntested.map(({ words }) => words)).toEqual(['not among the rules of the run', 'it was not tested']);
  expect(regressions).toEqual([]);
});

describe('targets', () => {
  test('are matched by their names', () => {
    const { added, gone, regressions } = compareRuns(run({}, 'backend-b'), fixtureRecords());
    expect([added, gone]).toEqual([['backend-a'], []]);
    expect(regressions.every(({ target }) => target === 'backend-b')).toBe(true);
  });

  test('of two runs with one each are those two, whatever they are called', () => {
    const { added, gone, regressions } = compareRuns(run({}, 'localhost:1'), run({ 'http/ids': 'fail' }, 'localhost:2'));
    expect([added, gone]).toEqual([[], []]);
    expect(regressions.map(({ target }) => target)).toEqual(['localhost:2']);
  });
});
