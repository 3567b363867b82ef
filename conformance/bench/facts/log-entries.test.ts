import { expect, test } from 'vitest';
import { printedFor, withoutSecrets } from './log-entries.ts';

test('in production the lines with the id are what a request printed', () => {
  const output = [
    '{"requestId":"fence-1"}',
    '{"requestId":"list-1"}',
    '{"requestId":"list-2"}',
    '{"requestId":"list-1"}',
  ];
  expect(printedFor('list-1', output, 'production')).toEqual({
    lines: 2,
    bytes: 46,
    text: '{"requestId":"list-1"}\n{"requestId":"list-1"}\n',
  });
});

test('for people it is the paragraph around the id', () => {
  const output = [
    'listening',
    '',
    'GET /v1/meta 200',
    '  request fence-1',
    '',
    'GET /v1/me 200',
    '  request point-read-1',
    '  answer {"name":"Zoë"}',
    '',
    '',
    'GET /v1/meta 200',
    '  request fence-2',
  ];
  expect(printedFor('point-read-1', output, 'dev')).toEqual({
    lines: 3,
    bytes: 63,
    text: 'GET /v1/me 200\n  request point-read-1\n  answer {"name":"Zoë"}\n',
  });
});

test('a request of which nothing was printed has no lines', () => {
  expect(printedFor('list-1', ['', 'listening'], 'dev')).toEqual({ lines: 0, bytes: 0, text: '' });
});

test('a text with a secret is refused, and the secret is not told', () => {
  const secrets = { 'the token of the reader': 'abc', 'the invite code': '' };
  expect(withoutSecrets('all is well', secrets)).toBe('all is well');
  expect(() => withoutSecrets('Bearer abc', secrets)).toThrow(/^a log shows the token of the reader$/);
});
