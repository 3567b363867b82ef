import { expect, test } from 'vitest';
import { operations } from '../src/driver/contract.ts';
import { LIMITS, limitOf } from './limits.ts';

test('no two limits are of one place, and each is of an operation', () => {
  const known = new Set(operations.map(({ method, template }) => `${method} ${template}`));
  const places = LIMITS.flatMap(({ tester, operations: own, check }) =>
    own.map((operation) => `${tester} ${check} ${operation}`),
  );
  expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([]);
  const named = LIMITS.flatMap((limit) => limit.operations).map((operation) => operation.replace(/ \d{3}$/, ''));
  expect(named.filter((operation) => !known.has(operation))).toEqual([]);
});

test('a finding is a limit by tester, operation and check', () => {
  const finding = { operation: 'PATCH /v1/me', check: 'positive_data_acceptance', message: '' };
  expect(limitOf('schemathesis', finding)?.why).toBe(
    'that `specialty` is for doctors alone, words say and the schema cannot',
  );
  expect(limitOf('dredd', finding)).toBeUndefined();
  expect(limitOf('schemathesis', { ...finding, check: 'not_a_server_error' })).toBeUndefined();
  expect(limitOf('schemathesis', { ...finding, operation: 'GET /v1/me' })).toBeUndefined();
});
