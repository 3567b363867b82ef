import { expect, test } from 'vitest';
import { readResults } from './read-results.ts';

const request = { method: 'GET', headers: {} };
const line = (kept: object): string => `${JSON.stringify(kept)}\n`;
const named = {
  name: '/v1/me > Show oneself > 200 > application/json; charset=utf-8',
  fullPath: '/v1/me',
  request,
  expected: { statusCode: '200' },
};

test('fields that differ from the example are findings', () => {
  const fields = {
    statusCode: { valid: false, errors: [{ message: "Expected status code '200', but got '401'." }] },
    headers: { valid: true, errors: [] },
    body: { valid: false, errors: [{ message: "At '/id' Missing required property: id" }, { message: 'and so on' }] },
  };
  expect(readResults(line({ ...named, results: { valid: false, fields }, errors: [] }))).toEqual({
    tried: 1,
    findings: [
      {
        operation: 'GET /v1/me 200',
        check: 'statusCode',
        message: "Expected status code '200', but got '401'.",
      },
      { operation: 'GET /v1/me 200', check: 'body', message: "At '/id' Missing required property: id\nand so on" },
    ],
  });
});

test('what was left out is not tried, and what passed is no finding', () => {
  const passed = { valid: true, fields: { statusCode: { valid: true, errors: [] } } };
  const text =
    line({ ...named, skip: true, results: {}, errors: [] }) + line({ ...named, results: passed, errors: [] });
  expect(readResults(text)).toEqual({ tried: 1, findings: [] });
});

test('no answer, and a hook that failed, are findings', () => {
  const failed = { ...named, fail: 'true', results: {}, errors: [{ message: 'Failed in before hook: no' }] };
  expect(readResults(line({ ...named, results: {}, errors: [] }) + line(failed)).findings).toEqual([
    { operation: 'GET /v1/me 200', check: 'answer', message: 'no answer came' },
    { operation: 'GET /v1/me 200', check: 'hook', message: 'Failed in before hook: no' },
  ]);
});
