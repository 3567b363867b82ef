import { expect, test } from 'vitest';
import { fixtureCatalogue } from './fixtures/catalogue.ts';
import { knownRecord } from './fixtures/known.ts';
import { fixturePlaces } from './fixtures/places.ts';
import { conformantRecords, fixtureRecords } from './fixtures/run.ts';
import type { ResultRecord } from './records.ts';
import { renderSarif } from './sarif.ts';
import { summarise } from './summarise.ts';

function sarif(records: ResultRecord[]) {
  const log = JSON.parse(renderSarif(summarise(records, fixtureCatalogue), fixturePlaces));
  return { log, run: log.runs[0], results: log.runs[0].results };
}

const { log, run, results } = sarif(fixtureRecords());

test('is SARIF 2.1.0 with a rule for each rule of the run', () => {
  expect(log.version).toBe('2.1.0');
  expect(run.tool.driver.rules).toHaveLength(90);
  expect(run.tool.driver.rules[0]).toMatchObject({
    id: 'http/documented-response',
    shortDescription: { text: 'Every answer is a documented one' },
    defaultConfiguration: { level: 'error' },
  });
  expect(run.invocations[0]).toMatchObject({ exitCode: 1, executionSuccessful: true, startTimeUtc: '2031-02-01T10:00:00.000Z' });
});

test('points at the sentence of the rule and at the lines of the operation', () => {
  const found = results.filter(({ ruleId }: { ruleId: string }) => ruleId === 'appointments/no-overlap');
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({
    level: 'error',
    message: { text: expect.stringContaining('backend-b: The answer was 201 where 409 slot-taken was expected.\nexpected: 409') },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'contract/rules/appointments/no-overlap.md', uriBaseId: 'SRCROOT' },
          region: { startLine: 11 },
        },
      },
    ],
    relatedLocations: [
      {
        id: 1,
        physicalLocation: { artifactLocation: { uri: 'contract/paths/appointments.yaml' }, region: { startLine: 3 } },
        message: { text: 'operation createAppointment' },
      },
    ],
    properties: { target: 'backend-b', outcome: 'fail' },
  });
  expect(run.tool.driver.rules[found[0].ruleIndex].id).toBe('appointments/no-overlap');
});

test('has a result for each finding, errors and warnings told apart', () => {
  const told = (one: { level: string; properties: { target: string } }) => `${one.level} ${one.properties.target}`;
  const levels: string[] = results.map(told);
  expect(levels.toSorted()).toEqual([
    'error backend-a',
    'error backend-a',
    'error backend-b',
    'error backend-b',
    'error backend-b',
    'error backend-b',
    'error backend-b',
    'warning backend-a',
    'warning backend-b',
    'warning backend-b',
  ]);
});

test('knows the same fault again in another run', () => {
  const prints = (from: { partialFingerprints: object }[]) => from.map((one) => JSON.stringify(one.partialFingerprints));
  expect(new Set(prints(results)).size).toBe(results.length);
  expect(prints(sarif(fixtureRecords()).results)).toEqual(prints(results));
});

test('suppresses what is known to fail', () => {
  const records = fixtureRecords().map((record): ResultRecord => {
    const isKnown = record.type === 'rule' && record.rule === 'http/text-verbatim' && record.target === 'backend-a';
    return isKnown ? { ...record, outcome: 'known failure' } : record;
  });
  const known = sarif([...records.slice(0, -1), knownRecord(), ...records.slice(-1)]).results.filter(
    (one: { suppressions?: object[] }) => one.suppressions,
  );
  expect(known).toHaveLength(2);
  expect(known[0]).toMatchObject({
    level: 'note',
    suppressions: [
      {
        kind: 'external',
        justification:
          'known failures: the driver of the database normalises (https://example.com/issues/7, until 2031-06-30)',
      },
    ],
  });
});

test('of a good run has no results, and says when it could not judge', () => {
  expect(sarif(conformantRecords()).results).toEqual([]);
  const records = conformantRecords().map((record): ResultRecord => {
    if (record.type === 'verdict') return { ...record, verdict: 'could not judge', reason: 'it went away' };
    return record.type === 'end' ? { ...record, exitCode: 2 } : record;
  });
  expect(sarif(records).run.invocations[0]).toMatchObject({
    executionSuccessful: false,
    toolExecutionNotifications: [{ level: 'error', message: { text: 'backend-a: it went away' } }],
  });
});
