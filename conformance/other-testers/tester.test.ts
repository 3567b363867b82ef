import { expect, test } from 'vitest';
import { keyOf, newFindings } from './tester.ts';

const finding = (operation: string, check: string, message = '') => ({ operation, check, message });

test('a finding is known by its operation and check, whatever its words', () => {
  expect(keyOf(finding('GET /v1/me', 'status', 'id 7'))).toBe('GET /v1/me status');
});

test('known findings are none, and each new one counts once', () => {
  const found = [
    finding('GET /v1/me', 'status', 'first'),
    finding('GET /v1/me', 'status', 'second'),
    finding('GET /v1/me', 'schema'),
  ];
  expect(newFindings(found, new Set(['GET /v1/me schema']))).toEqual([finding('GET /v1/me', 'status', 'first')]);
});
