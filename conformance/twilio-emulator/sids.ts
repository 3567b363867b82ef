import { randomBytes } from 'node:crypto';

/** Twilio's prefixes: account, API key, room, participant, track, request. */
export type SidPrefix = 'AC' | 'SK' | 'RM' | 'PA' | 'MT' | 'RQ';

/** A new identifier as Twilio writes them: two letters and 32 hexadecimal digits. */
export function newSid(prefix: SidPrefix): string {
  return prefix + randomBytes(16).toString('hex');
}
