import { createHmac, randomUUID } from 'node:crypto';
import type { TwilioConfig } from '../config.ts';

interface Claims {
  readonly identity: string;
  readonly roomName: string;
  readonly expiresAt: Date;
}

/**
 * An access token for one room. The package's own takes its times from the machine's clock alone, hence this one.
 *
 * @rule calls/twilio-token
 */
export function signVideoToken(
  { accountSid, apiKeySid, apiKeySecret }: TwilioConfig,
  { identity, roomName, expiresAt }: Claims,
  now: Date,
): string {
  const issuedAt = secondsOf(now);
  const header = { cty: 'twilio-fpa;v=1', typ: 'JWT', alg: 'HS256' };
  const payload = {
    jti: `${apiKeySid}-${randomUUID()}`,
    grants: { identity, video: { room: roomName } },
    iat: issuedAt,
    exp: secondsOf(expiresAt),
    iss: apiKeySid,
    sub: accountSid,
  };
  const signed = `${encode(header)}.${encode(payload)}`;
  return `${signed}.${createHmac('sha256', apiKeySecret).update(signed).digest('base64url')}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function secondsOf(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}
