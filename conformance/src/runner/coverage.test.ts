import { expect, test } from 'vitest';
import { Seen } from '../coverage/seen.ts';
import type { LeftOut } from '../providers.ts';
import type { SuiteTarget } from '../target.ts';
import { coverageRecords } from './coverage.ts';

function target(name: string, leftOut?: LeftOut): SuiteTarget {
  const meta = { service: 's', framework: 'f', orm: 'o', runtime: 'n', contractVersion: '1.0.0' };
  return {
    name,
    urls: ['http://127.0.0.1:1'],
    inviteCode: null,
    basePath: '',
    headers: {},
    timeoutMs: 1_000,
    leftOut,
    meta: { ...meta, videoProvider: 'peer', conformanceClock: false },
  };
}

const seen = new Seen();
seen.add('one', ['status getMeta 200', 'sent getDoctor path /doctorId']);
const whole = { seen, cutShort: new Map<string, string>() };
const told = (records: ReturnType<typeof coverageRecords>) => records.map((record) => record.target);

test('of a whole run each target has a coverage of its own', () => {
  const records = coverageRecords({ targets: [target('one'), target('other')] }, whole);
  expect(told(records)).toEqual(['one', 'other']);
  const missing = (index: number, group: number) => records[index]?.groups[group]?.missing;
  expect(missing(0, 0)).not.toContain('getMeta 200');
  expect(missing(1, 0)).toContain('getMeta 200');
  expect(missing(0, 1)).not.toContain('getDoctor path /doctorId');
  expect(missing(1, 1)).toContain('getDoctor path /doctorId');
});

test('a run of some rules has none', () => {
  expect(coverageRecords({ targets: [target('one')], rules: ['http/*'] }, whole)).toEqual([]);
  expect(coverageRecords({ targets: [target('one')], level: 'MUST' }, whole)).toEqual([]);
  expect(told(coverageRecords({ targets: [target('one')], rules: [], level: undefined }, whole))).toEqual(['one']);
});

test('a target that was not judged to its end has none', () => {
  const targets = [target('one'), target('other')];
  const gone = (name: string) => ({ seen, cutShort: new Map([[name, 'does not answer any more']]) });
  expect(told(coverageRecords({ targets }, gone('other')))).toEqual(['one']);
  expect(told(coverageRecords({ targets }, gone('*')))).toEqual([]);
});

test('a target that another one answers for has none', () => {
  const others: LeftOut = { 'webhooks/signature': 'is about the provider twilio alone' };
  const alike: LeftOut = { 'doctors/directory': 'the provider changes nothing here' };
  expect(told(coverageRecords({ targets: [target('one', others)] }, whole))).toEqual(['one']);
  expect(told(coverageRecords({ targets: [target('one', alike)] }, whole))).toEqual([]);
});
