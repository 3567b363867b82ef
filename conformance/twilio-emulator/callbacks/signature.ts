import { createHmac } from 'node:crypto';

/** X-Twilio-Signature: HMAC-SHA1 by the account's auth token of the URL and the parameters sorted by name, in base64. */
export function signatureOf(authToken: string, url: string, parameters: Record<string, string>): string {
  const sorted = Object.keys(parameters).sort();
  const text = sorted.reduce((sum, name) => sum + name + (parameters[name] ?? ''), url);
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64');
}
