import { createHmac } from 'node:crypto';
import { granting } from '../wrapping/joins.ts';
import { wrap } from '../wrapping/wrap.ts';

type Claims = { jti: string; iat: number; exp: number; grants: Record<string, unknown> };
type Parts = { head: Record<string, unknown>; claims: Claims; secret: string };

const decoded = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString()) as never;
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs the token of a grant anew after a change. */
const tokens = (change: (parts: Parts) => Partial<Parts>) =>
  granting((grant) => {
    const [first, second] = String(grant['token']).split('.');
    const parts = { head: decoded(first), claims: decoded(second), secret: process.env['TWILIO_API_KEY_SECRET'] ?? '' };
    const { head, claims, secret }: Parts = { ...parts, ...change(parts) };
    const text = `${encoded(head)}.${encoded(claims)}`;
    return { ...grant, token: `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}` };
  });

const claiming = (change: (claims: Claims) => Partial<Claims>) =>
  tokens(({ claims }) => ({ claims: { ...claims, ...change(claims) } }));

await wrap({
  honest: () => ({ proxy: {} }),
  'an-hour': claiming(({ iat }) => ({ exp: iat + 3600 })),
  'a-second-more': claiming(({ exp }) => ({ exp: exp + 1 })),
  'any-room': claiming(({ grants }) => ({ grants: { ...grants, video: {} } })),
  'another-identity': claiming(({ grants }) => ({ grants: { ...grants, identity: 'participant' } })),
  'chat-too': claiming(({ grants }) => ({ grants: { ...grants, chat: { service_sid: 'IS0' } } })),
  'one-id-for-all': claiming(() => ({ jti: 'token' })),
  'plain-jwt': tokens(({ head }) => ({ head: { alg: head['alg'], typ: head['typ'] } })),
  'another-secret': tokens(() => ({ secret: process.env['TWILIO_AUTH_TOKEN'] ?? '' })),
  'expiry-told-otherwise': granting((grant) => ({
    ...grant,
    expiresAt: new Date(Date.parse(String(grant['expiresAt'])) - 900_000).toISOString(),
  })),
});
