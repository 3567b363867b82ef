import { createHmac } from 'node:crypto';
import type { IceConfig, IceServer } from '../config.ts';
import type { Entry, RoomProvider } from './room-provider.ts';

/** The two browsers connect to each other: a room is a name, and a grant says how to find a way through. */
export function peerProvider(ice: IceConfig): RoomProvider {
  return {
    name: 'peer',
    rooms: null,
    grant: (entry) => ({
      provider: 'peer',
      roomName: entry.roomName,
      connectionId: entry.connectionId,
      epoch: entry.epoch,
      offerer: entry.isOfferer,
      iceServers: iceServersFor(entry, ice).map((server) => ({ ...server, urls: [...server.urls] })),
      iceTransportPolicy: ice.transportPolicy,
      expiresAt: entry.expiresAt.toISOString(),
    }),
  };
}

/**
 * The configured servers, and one whose credentials are made for this join by the TURN REST scheme.
 *
 * @rule calls/ice
 */
export function iceServersFor(
  { accountId, expiresAt }: Pick<Entry, 'accountId' | 'expiresAt'>,
  ice: IceConfig,
): IceServer[] {
  if (!ice.turn) return [...ice.servers];
  const username = `${Math.floor(expiresAt.getTime() / 1000)}:${accountId}`;
  const credential = createHmac('sha1', ice.turn.secret).update(username).digest('base64');
  return [...ice.servers, { urls: ice.turn.urls, username, credential }];
}
