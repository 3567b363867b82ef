import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { accountOf } from '../account.ts';
import { tokenFor } from '../testing/tokens.ts';
import { TwilioError } from '../twilio-error.ts';
import { verifyAccessToken } from './access-token.ts';

const account = accountOf({});
const now = Date.parse('2030-01-01T00:00:00Z');
const seconds = now / 1000;

const goodHead = { alg: 'HS256', typ: 'JWT', cty: 'twilio-fpa;v=1' };
const goodClaims = {
  jti: `${account.apiKeySid}-1`,
  iss: account.apiKeySid,
  sub: account.accountSid,
  iat: seconds,
  exp: seconds + 3600,
  grants: { identity: 'anna', video: { room: 'r' } },
};

/** A token signed by hand, with parts replaced. */
function signed(claims: object = {}, head: object = {}, secret = account.apiKeySecret): string {
  const body = [
    { ...goodHead, ...head },
    { ...goodClaims, ...claims },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

function codeOf(token: string): number | null {
  try {
    verifyAccessToken(token, account, now);
    return null;
  } catch (error) {
    if (error instanceof TwilioError) return error.code;
    throw error;
  }
}

it("takes what Twilio's SDK makes", () => {
  const token = tokenFor(account, { identity: 'anna', room: 'r' });
  expect(verifyAccessToken(token, account, Date.now())).toEqual({ identity: 'anna', room: 'r' });
  const forAny = tokenFor(account, { identity: 'anna' });
  expect(verifyAccessToken(forAny, account, Date.now())).toEqual({ identity: 'anna', room: null });
});

describe('a token is refused', () => {
  it.each([
    ['no token', 'nonsense', 20101],
    ['too many parts', `${signed()}.x`, 20101],
    ['no content type', signed({}, { cty: undefined }), 20102],
    ['no algorithm', signed({}, { alg: 'none' }), 20102],
    ['another key', signed({ iss: 'SK0' }), 20103],
    ['another account', signed({ sub: 'AC0' }), 20103],
    ['another secret', signed({}, {}, 'other'), 20107],
    ['the last second', signed({ exp: seconds }), 20104],
    ['no end', signed({ exp: undefined }), 20104],
    ['not yet', signed({ nbf: seconds + 1 }), 20105],
    ['more than a day', signed({ exp: seconds + 86_401 }), 20157],
    ['no video grant', signed({ grants: { identity: 'anna' } }), 20106],
    ['no identity', signed({ grants: { video: {} } }), 20106],
  ])('%s', (_, token, code) => {
    expect(codeOf(token)).toBe(code);
  });

  it('but not one for exactly a day', () => {
    expect(codeOf(signed({ exp: seconds + 86_400 }))).toBeNull();
  });
});
