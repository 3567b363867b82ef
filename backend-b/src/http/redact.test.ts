import { describe, expect, it } from 'vitest';
import { redacted, secretsIn, shownParameter, withoutSecrets } from './redact.ts';

describe('redaction', () => {
  const body = { email: 'a@b', password: 'hunter22', nested: [{ reason: 'flu' }], data: { sdp: 'v=0' }, body: null };

  it('replaces secrets by name, however deep', () => {
    expect(redacted(body)).toEqual({
      email: 'a@b',
      password: '[redacted]',
      nested: [{ reason: '[redacted]' }],
      data: '[redacted]',
      body: null,
    });
  });

  it('finds their texts wherever else they turn up', () => {
    expect(secretsIn(body)).toEqual(['hunter22', 'flu', 'v=0']);
    expect(withoutSecrets('failed for hunter22', secretsIn(body))).toBe('failed for [redacted]');
  });

  it('replaces them among the parameters of a query', () => {
    expect(shownParameter('flu', ['flu'])).toBe('[redacted]');
    expect(shownParameter('$argon2id$v=19$x', [])).toBe('[redacted]');
    expect(shownParameter(Buffer.from('token'), [])).toBe('[5 bytes]');
    expect(shownParameter('{"reason":"flu","id":1}', [])).toBe('{"reason":"[redacted]","id":1}');
  });
});
