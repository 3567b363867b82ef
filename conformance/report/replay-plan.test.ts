import { describe, expect, test } from 'vitest';
import { conformantRecords, fixtureRecords } from './fixtures/run.ts';
import type { Outcome, ResultRecord } from './records.ts';
import { exitCodeOfReplay, planReplay, replayInWords } from './replay-plan.ts';

function plan(rule: string, of?: string, records: ResultRecord[] = fixtureRecords()) {
  const planned = planReplay(records, rule, of);
  if (typeof planned === 'string') throw new Error(planned);
  return planned;
}

const targetsOf = (rule: string, of?: string) => plan(rule, of).targets.map(({ name }) => name);

describe('a replay', () => {
  test('is of the targets that broke the rule', () => {
    expect(targetsOf('appointments/no-overlap')).toEqual(['backend-b']);
    expect(targetsOf('http/text-verbatim')).toEqual(['backend-a', 'backend-b']);
    expect(targetsOf('http/pages')).toEqual(['backend-a', 'backend-b']);
    expect(targetsOf('http/pages', 'backend-a')).toEqual(['backend-a']);
  });

  test('runs the rules too in whose tests the answers were broken', () => {
    expect(plan('http/text-verbatim').rules).toEqual(['http/text-verbatim', 'messages/order']);
    expect(plan('appointments/no-overlap').rules).toEqual(['appointments/no-overlap']);
  });

  test('repeats the seed of the run', () => {
    expect(plan('http/pages').run.seed).toBe(20_310_201);
  });

  test('is refused for what the run does not have', () => {
    expect(planReplay(fixtureRecords(), 'http/page')).toBe(
      'rule http/page is not in this run; it has http/documented-response, http/problem, http/validation-names-every-error, http/malformed-body, http/media-type and 85 more',
    );
    expect(planReplay(fixtureRecords(), 'http/pages', 'mine')).toBe(
      'target mine was not asked; there are backend-a, backend-b',
    );
  });
});

describe('its exit code', () => {
  const replayed = (outcome: Outcome): ResultRecord[] =>
    conformantRecords('backend-b').map((record) =>
      record.type === 'rule' && record.rule === 'appointments/no-overlap' ? { ...record, outcome } : record,
    );

  test.each([
    ['pass', 0],
    ['fail', 1],
    ['warn', 1],
    ['error', 2],
    ['not tested', 2],
  ] as const)('of a rule that is now %s is %s', (outcome, code) => {
    expect(exitCodeOfReplay(plan('appointments/no-overlap'), replayed(outcome))).toBe(code);
  });

  test('is 2 when nothing came of it', () => {
    expect(exitCodeOfReplay(plan('http/text-verbatim'), conformantRecords('backend-b').slice(0, 1))).toBe(2);
  });

  test('says then and now', () => {
    expect(replayInWords(plan('appointments/no-overlap'), replayed('pass'))).toBe(
      'appointments/no-overlap on backend-b: fail in the run of 2031-02-01T10:00:00.000Z, now pass\n',
    );
    expect(replayInWords(plan('appointments/no-overlap'), conformantRecords('elsewhere'))).toBe(
      'appointments/no-overlap on elsewhere: now pass\n',
    );
  });
});
