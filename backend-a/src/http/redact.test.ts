import { expect, test } from 'vitest';
import { redactJson, redactParameter, redactText, redactValue, secretsIn } from './redact.ts';

const body = { email: 'ada@example.org', password: 'hunter22', reason: 'flu', data: { sdp: 'v=0' }, specialty: null };

test('hides secret properties at any depth and keeps the rest', () => {
  expect(
    redactValue({ ...body, account: { token: 't', displayName: 'Ada' }, iceServers: [{ credential: 'c' }] }),
  ).toEqual({
    email: 'ada@example.org',
    password: '[redacted]',
    reason: '[redacted]',
    data: '[redacted]',
    specialty: null,
    account: { token: '[redacted]', displayName: 'Ada' },
    iceServers: [{ credential: '[redacted]' }],
  });
});

test('finds the secret texts of a request', () => {
  expect(secretsIn(body)).toEqual(['hunter22', 'flu', 'v=0', '{"sdp":"v=0"}']);
});

test('hides secrets in the parameters of queries', () => {
  const secrets = secretsIn(body);
  expect(redactParameter('flu', secrets)).toBe('[redacted]');
  expect(redactParameter('$argon2id$v=19$…', secrets)).toBe('[redacted]');
  expect(redactParameter(Buffer.alloc(32), secrets)).toBe('[32 bytes]');
  expect(redactParameter('{"reason":"x","id":1}', secrets)).toBe('{"reason":"[redacted]","id":1}');
  expect(redactParameter('ada@example.org', secrets)).toBe('ada@example.org');
});

test('hides secrets in free text, short ones as whole words', () => {
  expect(redactText('fluent in flu: hunter22!', ['flu', 'hunter22'])).toBe('fluent in [redacted]: [redacted]!');
});

test('hides what looks like JSON and is none', () => {
  expect(redactJson('{"password":')).toBe('[redacted]');
});
