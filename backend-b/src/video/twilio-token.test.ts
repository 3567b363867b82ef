import twilio from 'twilio';
import { describe, expect, it } from 'vitest';
import { signVideoToken } from './twilio-token.ts';

const input = {
  accountSid: `AC${'0'.repeat(32)}`,
  apiKeySid: `SK${'0'.repeat(32)}`,
  apiKeySecret: 'secret',
  id: 'c1',
  identity: 'a1',
  roomName: 'r-1',
  expiresAt: new Date('2026-03-02T10:15:00.000Z'),
};

function partsOf(token: string): { header: object; payload: Record<string, unknown> } {
  const [header = '', payload = ''] = token.split('.').map((part) => Buffer.from(part, 'base64url').toString());
  return { header: JSON.parse(header), payload: JSON.parse(payload) };
}

describe('the video token', () => {
  it("is what Twilio's own SDK makes, but for its times and its id", () => {
    const { AccessToken } = twilio.jwt;
    const own = new AccessToken(input.accountSid, input.apiKeySid, input.apiKeySecret, { identity: 'a1', ttl: 60 });
    own.addGrant(new AccessToken.VideoGrant({ room: 'r-1' }));
    const expected = partsOf(own.toJwt());
    const made = partsOf(signVideoToken(input, new Date('2026-03-02T09:25:00.500Z')));
    expect(made.header).toEqual(expected.header);
    expect(Object.keys(made.payload).sort()).toEqual(Object.keys(expected.payload).sort());
    expect(made.payload).toMatchObject({
      grants: expected.payload['grants'],
      iss: input.apiKeySid,
      sub: input.accountSid,
    });
    expect(made.payload).toMatchObject({ iat: 1_772_443_500, exp: 1_772_446_500 });
  });
});
