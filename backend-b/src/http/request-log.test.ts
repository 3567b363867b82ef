import type { FastifyRequest } from 'fastify';
import { expect, it } from 'vitest';
import { createTwilioProvider } from '../video/twilio.ts';
import { createProductionLog, requestSecrets } from './request-log.ts';
import { redacted } from './redact.ts';

const settings = {
  accountSid: `AC${'0'.repeat(32)}`,
  apiKeySid: `SK${'0'.repeat(32)}`,
  apiKeySecret: 'the-key-secret',
  authToken: 'the-auth-token',
  baseUrl: 'http://127.0.0.1:1',
};

it('takes bearer token, signature and body as secrets', () => {
  const headers = { authorization: 'Bearer abc.def', 'x-twilio-signature': 'c2lnbmF0dXJl' };
  const request = { headers, body: { password: 'hunter22' }, query: {} } as unknown as FastifyRequest;
  expect(requestSecrets(request)).toEqual(['hunter22', 'abc.def', 'c2lnbmF0dXJl']);
});

it('shows a grant of Twilio without its token', () => {
  const provider = createTwilioProvider(settings, { callbackUrl: 'http://127.0.0.1:2', logger: createProductionLog() });
  const account = { id: 'someone', role: 'user', displayName: 'Someone', specialty: null } as const;
  const instant = new Date('2026-03-01T10:00:00Z');
  const grant = provider.grantJoin(
    { room: { name: 'room-1' }, connectionId: 'one', account, epoch: 0, expiresAt: instant },
    instant,
  );
  const shown = JSON.stringify(redacted(grant));
  expect(shown).toContain('"token":"[redacted]"');
  expect(shown).not.toMatch(/the-key-secret|the-auth-token|eyJ/);
});
