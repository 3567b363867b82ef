import twilio from 'twilio';
import type { Account } from '../account.ts';

/** An access token as Twilio's own SDK makes it. */
export function tokenFor(
  account: Account,
  { identity, room, seconds = 3600 }: { identity: string; room?: string; seconds?: number },
): string {
  const { AccessToken } = twilio.jwt;
  const token = new AccessToken(account.accountSid, account.apiKeySid, account.apiKeySecret, {
    identity,
    ttl: seconds,
  });
  token.addGrant(new AccessToken.VideoGrant(room === undefined ? {} : { room }));
  return token.toJwt();
}
