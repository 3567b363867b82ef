import { createHmac, randomUUID } from 'node:crypto';
import type { JoinGrant, PeerGrant } from '../call-session.ts';

export type GrantOrder = { account: string; roomName: string; connectionId: string; epoch: number };
export type GrantMaker = (order: GrantOrder) => Promise<JoinGrant>;

const expiresAt = new Date(Date.now() + 3_600_000).toISOString();

/** Grants for calls from browser to browser; through TURN servers alone when some are given. */
export function peerGrants(turn: () => PeerGrant['iceServers'] = () => []): GrantMaker {
  return async ({ account, roomName, connectionId, epoch }) => ({
    provider: 'peer',
    roomName,
    connectionId,
    epoch,
    offerer: account === 'doctor',
    iceServers: turn(),
    iceTransportPolicy: turn().length > 0 ? 'relay' : 'all',
    expiresAt,
  });
}

export type TwilioAccess = { url: string; accountSid: string; apiKeySid: string; apiKeySecret: string };

/** Grants for rooms of the emulator, which are made at the first join. */
export function twilioGrants(access: TwilioAccess): GrantMaker {
  return async ({ account, roomName, connectionId }) => {
    await createRoom(access, roomName);
    const token = tokenFor(access, account, roomName);
    return { provider: 'twilio', roomName, connectionId, identity: account, token, expiresAt };
  };
}

/** A second creation is refused, since the room is there: all the same to us. */
async function createRoom(access: TwilioAccess, roomName: string): Promise<void> {
  await twilioPost(access, 'Rooms', { UniqueName: roomName, Type: 'group', MaxParticipants: '2' });
}

export function twilioPost(access: TwilioAccess, path: string, form: Record<string, string>): Promise<Response> {
  const credentials = Buffer.from(`${access.apiKeySid}:${access.apiKeySecret}`).toString('base64');
  return fetch(`${access.url}/v1/${path}`, {
    method: 'POST',
    headers: { Authorization: `Basic ${credentials}` },
    body: new URLSearchParams(form),
  });
}

function tokenFor({ accountSid, apiKeySid, apiKeySecret }: TwilioAccess, identity: string, room: string): string {
  const now = Math.floor(Date.now() / 1000);
  const head = { alg: 'HS256', typ: 'JWT', cty: 'twilio-fpa;v=1' };
  const grants = { identity, video: { room } };
  const claims = {
    jti: `${apiKeySid}-${randomUUID()}`,
    iss: apiKeySid,
    sub: accountSid,
    iat: now,
    exp: now + 3600,
    grants,
  };
  const unsigned = [head, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${unsigned}.${createHmac('sha256', apiKeySecret).update(unsigned).digest('base64url')}`;
}
