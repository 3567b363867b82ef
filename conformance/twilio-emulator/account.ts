import { randomBytes } from 'node:crypto';
import { newSid } from './sids.ts';

/** What a Twilio account is known by. The auth token signs callbacks, the API key's secret signs access tokens. */
export type Account = { accountSid: string; apiKeySid: string; apiKeySecret: string; authToken: string };

/** An account with the given parts, the others made up at random. */
export function accountOf(parts: Partial<Account>): Account {
  return {
    accountSid: parts.accountSid ?? newSid('AC'),
    apiKeySid: parts.apiKeySid ?? newSid('SK'),
    apiKeySecret: parts.apiKeySecret ?? randomBytes(24).toString('base64url'),
    authToken: parts.authToken ?? randomBytes(16).toString('hex'),
  };
}

/** The settings with which a backend uses the emulator in Twilio's stead. */
export function environmentOf(account: Account, url: string): Record<string, string> {
  return {
    VIDEO_PROVIDER: 'twilio',
    TWILIO_ACCOUNT_SID: account.accountSid,
    TWILIO_API_KEY_SID: account.apiKeySid,
    TWILIO_API_KEY_SECRET: account.apiKeySecret,
    TWILIO_AUTH_TOKEN: account.authToken,
    TWILIO_BASE_URL: url,
  };
}
