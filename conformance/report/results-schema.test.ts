import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { coverageRecord } from './fixtures/coverage.ts';
import { conformantRecords, fixtureRecords } from './fixtures/run.ts';
import { bookingSteps } from './fixtures/steps.ts';
import { knownRecord } from './fixtures/known.ts';
import { parseStream, serialise } from './stream.ts';

const schema = JSON.parse(readFileSync(new URL('results.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
addFormats.default(ajv);
const fits = ajv.compile(schema);
const types: string[] = ['run', 'test', 'violation', 'rule', 'known', 'coverage', 'verdict', 'end'];

test('every record that is written fits the published schema', () => {
  const withSteps = fixtureRecords().map((record) =>
    record.type === 'test' && record.failures.length > 0 ? { ...record, steps: bookingSteps() } : record,
  );
  const records = [...withSteps, knownRecord(), coverageRecord()];
  expect(records.filter((record) => !fits(JSON.parse(serialise(record))))).toEqual([]);
  expect([...new Set(records.map(({ type }) => type))].sort()).toEqual([...types].sort());
});

test.each(types)('what the schema requires of a %s record, the reader does too', (type) => {
  const records = [...conformantRecords().slice(0, -1), knownRecord(), ...fixtureRecords().slice(-1)];
  const record = [...records, ...fixtureRecords(), coverageRecord()].find((one) => one.type === type) ?? {};
  const required: string[] = schema.$defs[type].required;
  for (const key of required.filter((one) => one !== 'type' && one !== 'schema')) {
    const line = JSON.stringify({ ...record, [key]: undefined });
    const text = type === 'run' ? `${line}\n` : `${serialise(records[0] ?? knownRecord())}${line}\n`;
    expect(() => parseStream(text, 'results.ndjson')).toThrow(`the ${type} record lacks ${key}`);
  }
});
