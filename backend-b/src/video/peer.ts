import { createHmac } from 'node:crypto';
import type { IceServer } from '../config.readers.ts';
import type { RoomProvider } from './room-provider.ts';

export interface PeerSettings {
  iceServers: readonly IceServer[];
  iceTransportPolicy: 'all' | 'relay';
  turnUrls: readonly string[];
  turnSecret: string | undefined;
}

/** Browser to browser: there is no room but the one in the database, and a join is a connection. */
export function createPeerProvider({ iceServers, iceTransportPolicy, ...turn }: PeerSettings): RoomProvider {
  return {
    name: 'peer',
    isConnectedByJoin: true,
    endRoom: () => undefined,
    close: async () => undefined,
    grantJoin: ({ room, connectionId, account, epoch, expiresAt }) => ({
      provider: 'peer',
      roomName: room.name,
      connectionId,
      epoch,
      offerer: account.role === 'doctor',
      iceServers: [...iceServers, ...turnServers(turn, account.id, expiresAt)],
      iceTransportPolicy,
      expiresAt: expiresAt.toISOString(),
    }),
  };
}

/**
 * TURN's REST credentials: a name that says when they end, signed with the secret shared with the TURN server.
 * @rule calls/ice
 */
export function turnServers(
  { turnUrls, turnSecret }: Pick<PeerSettings, 'turnUrls' | 'turnSecret'>,
  accountId: string,
  expiresAt: Date,
): IceServer[] {
  if (turnSecret === undefined || turnUrls.length === 0) return [];
  const username = `${Math.floor(expiresAt.getTime() / 1000)}:${accountId}`;
  const credential = createHmac('sha1', turnSecret).update(username).digest('base64');
  return [{ urls: [...turnUrls], username, credential }];
}
