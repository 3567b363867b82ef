import { createHmac } from 'node:crypto';
import twilio from 'twilio';
import { expect, test } from 'vitest';
import { signVideoToken } from './twilio-token.ts';

const config = {
  provider: 'twilio',
  accountSid: `AC${'0'.repeat(32)}`,
  apiKeySid: `SK${'1'.repeat(32)}`,
  apiKeySecret: 'secret',
  authToken: 'token',
  baseUrl: 'https://video.twilio.com',
} as const;
const claims = { identity: 'ada', roomName: 'room-1', expiresAt: new Date('2027-03-01T10:45:00.900Z') };

function read(token: string) {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const json = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  const expected = createHmac('sha256', config.apiKeySecret).update(`${header}.${payload}`).digest('base64url');
  return { header: json(header), payload: json(payload), isSigned: signature === expected };
}

test('a token is for one identity and one room until the call is over', () => {
  const { payload, isSigned } = read(signVideoToken(config, claims, new Date('2027-03-01T09:55:00.000Z')));
  expect(isSigned).toBe(true);
  expect(payload.grants).toEqual({ identity: 'ada', video: { room: 'room-1' } });
  expect([payload.iat, payload.exp]).toEqual([Date.UTC(2027, 2, 1, 9, 55) / 1000, Date.UTC(2027, 2, 1, 10, 45) / 1000]);
});

test("a token is what Twilio's own package makes", () => {
  const { AccessToken } = twilio.jwt;
  const own = new AccessToken(config.accountSid, config.apiKeySid, config.apiKeySecret, { identity: 'ada', ttl: 600 });
  own.addGrant(new AccessToken.VideoGrant({ room: 'room-1' }));
  const theirs = read(own.toJwt());
  const issuedAt = new Date(theirs.payload.iat * 1000);
  const expiresAt = new Date(theirs.payload.exp * 1000);
  const ours = read(signVideoToken(config, { ...claims, expiresAt }, issuedAt));
  // Theirs has the second in place of a random id, so that two tokens of one second are the same.
  expect(ours).toEqual({ ...theirs, payload: { ...theirs.payload, jti: ours.payload.jti } });
  expect(ours.payload.jti).toMatch(new RegExp(`^${config.apiKeySid}-`));
});
