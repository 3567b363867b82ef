import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Account } from '../account.ts';
import { isJson, type Json, numberOf, parseObject, textOf } from '../json.ts';
import { TwilioError } from '../twilio-error.ts';

/** Whom an access token names, and the one room it is for; null: any room. */
export type Grant = { identity: string; room: string | null };

const hashes: Record<string, string> = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' };
const longestSeconds = 24 * 60 * 60;

/** Checks a token of a video client at the instant `now` (epoch milliseconds). Throws 20101 to 20107 and 20157. */
export function verifyAccessToken(token: string, account: Account, now: number): Grant {
  const [header, payload, signature] = token.split('.');
  const head = parseObject(decoded(header));
  const claims = parseObject(decoded(payload));
  if (!head || !claims || signature === undefined || token.split('.').length !== 3) throw new TwilioError(20101);
  const hash = hashes[textOf(head, 'alg') ?? ''];
  if (!hash || head['cty'] !== 'twilio-fpa;v=1') throw new TwilioError(20102);
  if (claims['iss'] !== account.apiKeySid || claims['sub'] !== account.accountSid) throw new TwilioError(20103);
  const expected = createHmac(hash, account.apiKeySecret).update(`${header}.${payload}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new TwilioError(20107);
  checkTimes(claims, now / 1000);
  return grantOf(claims);
}

function checkTimes(claims: Json, now: number): void {
  const expiresAt = numberOf(claims, 'exp');
  if (expiresAt === null || expiresAt <= now) throw new TwilioError(20104);
  const notBefore = numberOf(claims, 'nbf') ?? now;
  if (notBefore > now) throw new TwilioError(20105);
  const issuedAt = numberOf(claims, 'iat') ?? notBefore;
  if (expiresAt - issuedAt > longestSeconds) throw new TwilioError(20157);
}

function grantOf(claims: Json): Grant {
  const grants = claims['grants'];
  const video = isJson(grants) ? grants['video'] : undefined;
  const identity = isJson(grants) ? textOf(grants, 'identity') : null;
  if (!isJson(video) || !identity) throw new TwilioError(20106);
  return { identity, room: textOf(video, 'room') };
}

function decoded(part: string | undefined): string {
  return Buffer.from(part ?? '', 'base64url').toString('utf8');
}
