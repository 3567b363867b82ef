import { expect, test } from 'vitest';
import { step } from './fixtures/steps.ts';
import type { Failure, Step, TestRecord } from './records.ts';
import { checkOfAnswer, checkOfTest } from './repro-check.ts';

function failed(expected: string, actual: string, statuses: number[]): TestRecord {
  const nothing = { ms: 1, requests: 1, measurements: [], exchanges: [] };
  const base = { type: 'test' as const, target: 'mine', rule: 'http/pages' as const, title: 'holds' };
  const steps: Step[] = statuses.map((status) => step({ status }));
  return { ...base, ...nothing, outcome: 'fail', failures: [{ key: 'x', message: 'm', expected, actual }], steps };
}

test.each([
  ['200', '404', [201, 404], { step: 1, command: 'status', allowed: ['200'] }],
  ['200', '404', [404, 201], { step: 0, command: 'status', allowed: ['200'] }],
  ['200', '404', [404, 404, 201], null],
  ['200', '404', [200], null],
  ['12', '404', [404], null],
  ['"200"', '"404"', [404], null],
  [
    '404 not-found application/problem+json',
    '200 (no problem code) application/json',
    [200],
    { step: 0, command: 'problem', allowed: ['404 not-found application/problem+json'] },
  ],
])('a test that expected %s and got %s after %j', (expected, actual, statuses, check) => {
  const found = checkOfTest(failed(expected, actual, statuses));
  if (check === null) expect(found).toBeNull();
  else expect(found).toMatchObject(check);
});

const answer = (rule: string, failure: Partial<Failure>) => {
  const check = checkOfAnswer(rule, { key: 'x', message: 'm', ...failure });
  return check && `${check.command} → ${check.allowed.join(' | ')}`;
};

test.each([
  ['http/documented-response', { key: 'status', expected: '200, 401' }, 'status → 200 | 401'],
  ['http/documented-response', { key: 'media-type', expected: 'application/json' }, 'media → application/json'],
  ['http/documented-response', { key: 'header:etag', actual: 'none' }, 'header_presence etag → present'],
  ['http/documented-response', { key: 'header:etag', actual: 'x' }, null],
  ['http/documented-response', { key: 'schema:/items/0:required:id' }, `presence '["items",0,"id"]' → present`],
  ['http/documented-response', { key: 'schema::additionalProperties:x' }, `presence '["x"]' → absent`],
  ['http/documented-response', { key: 'schema:/id:pattern:' }, null],
  ['http/problem', { key: 'status', expected: '404' }, 'member .status → 404'],
  ['http/problem', { key: 'HTTP status', expected: '404' }, 'status → 404'],
  ['http/problem', { key: 'code', expected: 'not-found, forbidden' }, 'member .code → not-found | forbidden'],
  ['http/problem', { key: 'schema', expected: 'x' }, null],
  ['http/no-store', { key: 'no-store', expected: 'no-store' }, 'header cache-control → no-store'],
  ['http/quiet-headers', { key: 'nosniff', actual: 'none' }, 'header x-content-type-options → nosniff'],
  ['http/quiet-headers', { key: 'server', actual: 'nginx' }, 'header_presence server → absent'],
  ['http/request-id', { key: 'missing', actual: 'none' }, 'header_presence x-request-id → present'],
  ['http/request-id', { key: 'not-echoed', actual: 'x' }, null],
  ['http/instants', { key: 'form', actual: 'x' }, null],
])('an answer that breaks %s by %j', (rule, failure, check) => {
  expect(answer(rule, failure)).toBe(check);
});
