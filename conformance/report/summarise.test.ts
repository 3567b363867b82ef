import { describe, expect, test } from 'vitest';
import { fixtureCatalogue } from './fixtures/catalogue.ts';
import { conformantRecords, fixtureRecords, fixtureRun, target, withFooter } from './fixtures/run.ts';
import { medianRatio, ratioInWords } from './measured.ts';
import { summarise } from './summarise.ts';
import { untested } from './untested.ts';
import { headline, verdictWords } from './verdict.ts';

const summary = summarise(fixtureRecords(), fixtureCatalogue);
const rowOf = (id: string) => summary.rows.find((row) => row.id === id);

describe('the summary', () => {
  test('has every rule once, areas in the order of the contract', () => {
    expect(summary.rows).toHaveLength(90);
    expect(summary.areas.map(({ name }) => name)).toEqual(
      'http accounts sessions doctors appointments calls messages events webhooks operations'.split(' '),
    );
  });

  test('puts what is gravest first', () => {
    expect(summary.troubles.map(({ id, outcome }) => `${outcome} ${id}`)).toEqual([
      'fail http/validation-names-every-error',
      'fail http/text-verbatim',
      'fail appointments/no-overlap',
      'error appointments/calendar',
      'warn http/retry-after',
      'warn sessions/equal-work',
    ]);
  });

  test('counts equal faults in answers as one finding', () => {
    const findings = rowOf('http/text-verbatim')?.cells[0]?.findings;
    expect(findings?.map(({ kind, title, count }) => [kind, title, count])).toEqual([
      ['test', 'holds for every caller', 1],
      ['answers', '214 answers of createAppointment, first in “gives both sides one order” (messages/order)', 214],
    ]);
  });

  test('knows a rule that its catalogue does not', () => {
    const [row] = summarise(conformantRecords(), {}).rows;
    expect(row).toMatchObject({ id: 'http/documented-response', title: 'http/documented-response', area: 'http' });
  });

  test('of a run that broke off judges nothing', () => {
    const broken = summarise(
      withFooter([fixtureRun([target('backend-a', 'Express', 'TypeORM')])], 2),
      fixtureCatalogue,
    );
    expect(broken.rows[0]?.cells[0]).toMatchObject({
      outcome: 'not tested',
      reason: 'the run ended before this rule was judged',
    });
    expect(headline(broken)).toBe('backend-a could not be judged');
  });
});

describe('what differs', () => {
  test('is told by rule, a line for each target', () => {
    const told = summary.differences.filter(({ kind }) => kind === 'outcome');
    expect(told.map(({ row }) => row.id)).toEqual([
      'http/validation-names-every-error',
      'appointments/no-overlap',
      'appointments/calendar',
      'http/retry-after',
    ]);
    expect(told[1]?.sides).toEqual([
      { target: 'backend-a', outcome: 'pass', words: 'passes' },
      { target: 'backend-b', outcome: 'fail', words: 'The answer was 201 where 409 slot-taken was expected.' },
    ]);
  });

  test('tells what was not tested apart from what was judged otherwise', () => {
    const coverage = summary.differences.filter(({ kind }) => kind === 'coverage').map(({ row }) => row.id);
    expect(coverage).toContain('calls/window');
    expect(coverage).not.toContain('calls/unused-room');
    expect(coverage).toHaveLength(6);
  });

  test('includes rules that fail in different ways', () => {
    const records = fixtureRecords().map((record) => {
      if (record.type !== 'test' || record.rule !== 'http/text-verbatim' || record.target !== 'backend-b')
        return record;
      return { ...record, failures: [{ key: 'lost', message: 'The reason came back empty.' }] };
    });
    const found = summarise(records, fixtureCatalogue).differences.find(({ row }) => row.id === 'http/text-verbatim');
    expect(found?.kind).toBe('failure');
    expect(found?.sides[1]?.words).toBe('The reason came back empty. (and 1 more)');
  });

  test('is nothing with one target', () => {
    expect(summarise(conformantRecords(), fixtureCatalogue).differences).toEqual([]);
  });
});

describe('measurements and times', () => {
  test('show the worst value and whether it exceeds the bound', () => {
    const found = summary.measured.find(({ name }) => name === 'difference of medians');
    expect(found).toMatchObject({ unit: 'ms', bound: 5 });
    expect(found?.samples[0]).toEqual({ target: 'backend-a', value: 9.4, samples: 1, isOver: true });
  });

  test('give the ratio with the smaller side as 1', () => {
    expect([1, 1.84, 0.5, 12.3, 1 / 187].map(ratioInWords)).toEqual(['1 : 1', '1 : 1.8', '2 : 1', '1 : 12', '187 : 1']);
  });

  test('have no ratio where one target was not tested', () => {
    expect(summary.timings.find(({ row }) => row.id === 'calls/window')?.ratio).toBeNull();
    expect(medianRatio([])).toBeNull();
    expect(summary.timings.some(({ row }) => row.id === 'calls/unused-room')).toBe(false);
  });
});

describe('the verdict in words', () => {
  test('names profiles, rules and judged answers', () => {
    const [target] = summarise(conformantRecords(), fixtureCatalogue).targets;
    expect(target && verdictWords(target)).toBe(
      'conformant: core, clock, launcher · 90 rules passed · 5,312 answers judged',
    );
    expect(summary.targets.map(verdictWords)[1]).toBe(
      'not conformant (judged: core) · 3 rules failed · 1 error · 77 rules passed · 2 warnings · 7 not tested · 5,312 answers judged',
    );
  });

  test('is one sentence for the run', () => {
    expect(headline(summary)).toBe('backend-a breaks 1 of 90 rules, backend-b breaks 3 of 90 rules');
    const few = conformantRecords().map((record) =>
      record.type === 'run' ? { ...record, rules: record.rules.slice(0, 12) } : record,
    );
    expect(headline(summarise(few, fixtureCatalogue))).toBe('backend-a keeps 12 rules of the contract’s 90');
    const mixed = structuredClone(summary);
    if (mixed.targets[0]) mixed.targets[0].verdict.verdict = 'conformant';
    expect(headline(mixed)).toBe('backend-a keeps the contract, backend-b breaks 3 of 90 rules');
  });

  test('says once why rules were not tested', () => {
    expect(untested(summary).map(({ targets, rules }) => [targets, rules.length])).toEqual([
      [['backend-a'], 1],
      [['backend-b'], 7],
    ]);
  });
});
