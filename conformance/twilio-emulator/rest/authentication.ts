import { timingSafeEqual } from 'node:crypto';
import type { Account } from '../account.ts';
import { TwilioError } from '../twilio-error.ts';

/** Lets the API key with its secret in, and the account with its auth token, as Twilio does. Throws 20003. */
export function authenticate(authorization: string | null, account: Account): void {
  const credentials = credentialsOf(authorization);
  const accepted = [`${account.apiKeySid}:${account.apiKeySecret}`, `${account.accountSid}:${account.authToken}`];
  if (credentials === null || !accepted.some((one) => isEqual(one, credentials))) throw new TwilioError(20003);
}

/** The user name of Basic credentials, for the log of requests; never the secret. */
export function userOf(authorization: string | null): string | null {
  return credentialsOf(authorization)?.split(':')[0] ?? null;
}

function credentialsOf(authorization: string | null): string | null {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1];
  return encoded === undefined ? null : Buffer.from(encoded, 'base64').toString('utf8');
}

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
