import { expect, test } from 'vitest';
import { readReport } from './read-report.ts';

const rejected = {
  type: 'RejectedPositiveData',
  code: 'ST202',
  operation: 'POST /v1/appointments',
  title: 'Schema-valid request rejected',
  message: 'Valid data should have been accepted\nExpected: 2xx',
  severity: 'medium',
};
/** A scenario as Schemathesis 4.32.5 tells of it, without what is not read. */
const scenario = {
  ScenarioFinished: {
    phase: 'examples',
    status: 'failure',
    recorder: {
      label: 'POST /v1/appointments',
      checks: {
        '5d9eCB': [
          { name: 'not_a_server_error', status: 'success' },
          { name: 'positive_data_acceptance', status: 'failure', failure_info: { failure: rejected } },
        ],
        tkqCZt: [{ name: 'not_a_server_error', status: 'success' }],
      },
      interactions: {
        '5d9eCB': {
          response: {
            status_code: 400,
            content: {
              $base64:
                'eyJjb2RlIjoidmFsaWRhdGlvbi1mYWlsZWQiLCJlcnJvcnMiOlt7ImluIjoicXVlcnkiLCJwb2ludGVyIjoiL2N1cnNvciIsIm1lc3NhZ2UiOiJ3YXMgbm90IGlzc3VlZCJ9XX0=',
            },
          },
        },
      },
    },
  },
};
const error = {
  NonFatalError: {
    value: { type: 'UnsupportedRegexPattern', message: 'Failed to generate test cases' },
    phase: 'fuzzing',
    label: 'POST /v1/accounts',
  },
};
const [start, end] = [{ Initialize: { schemathesis_version: '4.32.5', seed: 1 } }, { EngineFinished: { payload: {} } }];
const report = (...lines: object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

test('a check that failed is a finding, named by the check', () => {
  expect(readReport(report(start, scenario, end))).toEqual({
    isWhole: true,
    findings: [
      {
        operation: 'POST /v1/appointments',
        check: 'positive_data_acceptance',
        message:
          'Schema-valid request rejected: Valid data should have been accepted\nExpected: 2xx\nanswered 400 validation-failed, query /cursor was not issued',
      },
    ],
  });
});

test('what could not be tried is a finding by its own name', () => {
  expect(readReport(report(start, error, end)).findings).toEqual([
    { operation: 'POST /v1/accounts', check: 'error', message: 'Failed to generate test cases' },
  ]);
});

test('a report that was cut off is not whole', () => {
  expect(readReport(`${report(start, scenario)}{"Engine`).isWhole).toBe(false);
  expect(readReport('')).toEqual({ findings: [], isWhole: false });
});

test('schemas, values and answers that are no problems are not told', () => {
  const failure = { ...rejected, message: "'id' is a required property\n\nSchema:\n  {}\n\nValue:\n  {}" };
  const check = { name: 'response_schema_conformance', status: 'failure', failure_info: { failure } };
  const response = { status_code: 201, content: { $base64: Buffer.from('{"token":"x"}').toString('base64') } };
  const recorder = { checks: { a: [check] }, interactions: { a: { response } } };
  expect(readReport(report({ ScenarioFinished: { recorder } })).findings.map(({ message }) => message)).toEqual([
    "Schema-valid request rejected: 'id' is a required property\nanswered 201",
  ]);
});
