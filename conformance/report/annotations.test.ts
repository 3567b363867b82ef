import { expect, test } from 'vitest';
import { renderAnnotations } from './annotations.ts';
import { fixtureCatalogue } from './fixtures/catalogue.ts';
import { knownRecord } from './fixtures/known.ts';
import { fixturePlaces } from './fixtures/places.ts';
import { conformantRecords, fixtureRecords, HOSTILE } from './fixtures/run.ts';
import type { ResultRecord } from './records.ts';
import { summarise } from './summarise.ts';

const linesOf = (records: ResultRecord[]) =>
  renderAnnotations(summarise(records, fixtureCatalogue), fixturePlaces).split('\n').slice(0, -1);

test('stand at the sentence of the rule, the gravest first', () => {
  const lines = linesOf(fixtureRecords());
  expect(lines.map((line) => line.split(' ')[0])).toEqual([
    ...Array.from({ length: 5 }, () => '::error'),
    ...Array.from({ length: 3 }, () => '::warning'),
  ]);
  expect(lines.find((line) => line.includes('no-overlap'))).toBe(
    '::error file=contract/rules/appointments/no-overlap.md,line=11,title=appointments/no-overlap on backend-b::The answer was 201 where 409 slot-taken was expected.%0ANobody is booked twice at a time, with 409 `slot-taken` on every replica, whoever asks and in whatever order requests arrive.',
  );
});

test('keep to a line each, whatever a target sent', () => {
  const records = fixtureRecords().map((record) =>
    record.type === 'test' && record.failures[0]
      ? { ...record, failures: [{ key: 'x', message: `100%\r\n::set-output::${HOSTILE}` }] }
      : record,
  );
  for (const line of linesOf(records)) expect(line).toMatch(/^::(error|warning) file=/u);
  expect(linesOf(records)[0]).toContain('::100%25%0D%0A::set-output::');
});

test('point at the file of known failures where an entry no longer holds', () => {
  const stale = knownRecord({ target: 'a, b', state: 'expired', why: 'expired on 2031-01-31' });
  const records = conformantRecords();
  expect(linesOf([...records.slice(0, -1), stale, knownRecord(), ...records.slice(-1)])).toEqual([
    '::error file=known-failures.json,line=1,title=http/text-verbatim on a%2C b::expired on 2031-01-31',
  ]);
});

test('are counted beyond ten of a kind', () => {
  const records = fixtureRecords().map((record) =>
    record.type === 'rule' && record.outcome === 'pass' ? { ...record, outcome: 'fail' as const } : record,
  );
  const errors = linesOf(records).filter((line) => line.startsWith('::error'));
  expect(errors).toHaveLength(10);
  expect(errors[9]).toMatch(/^::error title=Duet::\d+ more findings: in the report$/u);
});

test('say that a target could not be judged', () => {
  const records = conformantRecords().map((record): ResultRecord =>
    record.type === 'verdict' ? { ...record, verdict: 'could not judge', reason: 'it went away' } : record,
  );
  expect(linesOf(records)).toEqual(['::error title=backend-a could not be judged::it went away']);
});
