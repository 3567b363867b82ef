import { randomBytes } from 'node:crypto';
import { signatureOf } from '../../twilio-emulator/callbacks/signature.ts';
import type { Answer, Asked, ProxyHooks } from './proxy.ts';
import type { Hooks } from './wrap.ts';

export type Fields = Record<string, string>;

const path = '/v1/webhooks/twilio/rooms';
export const callbackUrl = `${process.env['PUBLIC_URL'] ?? ''}${path}`;

export const rightSignature = (fields: Fields): string =>
  signatureOf(process.env['TWILIO_AUTH_TOKEN'] ?? '', callbackUrl, fields);

export const noContent: Answer = {
  status: 204,
  headers: { 'x-request-id': 'none', 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' },
  body: '',
};

export const isCallback = (asked: Asked): boolean => asked.method === 'POST' && asked.path === path;

type Read = ReturnType<NonNullable<ProxyHooks['read']>>;

/** Reads callbacks before the server does. */
export const reading = (read: (fields: Fields, asked: Asked) => Read): Hooks => ({
  proxy: {
    isRead: isCallback,
    read: (asked, body) => read(Object.fromEntries(new URLSearchParams(body)), asked),
  },
});

/** Passes a callback on, signed as it should be. */
export const passedOn = (fields: Fields): Read => ({
  headers: { 'x-twilio-signature': rightSignature(fields) },
  body: new URLSearchParams(fields).toString(),
});

/** Tells the server itself of a callback that the provider did not send. */
export async function callBack(innerUrl: string, fields: Fields): Promise<void> {
  const { headers, body } = passedOn(fields) as { headers: Record<string, string>; body: string };
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  await fetch(`${innerUrl}${path}`, { method: 'POST', headers: { ...headers, ...type }, body });
}

export const newSid = (prefix: string): string => prefix + randomBytes(16).toString('hex');
