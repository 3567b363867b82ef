import type { Account } from '../account.ts';
import { type Json, objectsOf, textOf } from '../json.ts';
import type { Room } from '../rooms/room.ts';
import { nameOf } from '../rooms/room.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { TwilioError } from '../twilio-error.ts';
import { type Grant, verifyAccessToken } from './access-token.ts';
import type { Connection } from './connection.ts';
import { readPeerState } from './peer-state.ts';
import { newSession, type Session } from './session.ts';
import { readTracks } from './tracks.ts';

export type JoinContext = { account: Account; rooms: Rooms };

/**
 * Lets a browser that sent connect into its room. Throws what is wrong with its token (20101 to 20107), 20106 when the
 * token is for another room, 53106 when there is no such room, 53105 when it is full.
 */
export function join({ account, rooms }: JoinContext, connection: Connection, message: Json): Session {
  const name = textOf(message, 'name');
  const named = name === null ? undefined : rooms.find(name);
  const grant = verifyAccessToken(textOf(message, 'token') ?? '', account, rooms.now(named));
  const room = named ?? rooms.find(name ?? grant.room ?? '');
  if (!isGranted(grant, name, room)) throw new TwilioError(20106);
  if (!room) throw new TwilioError(53106);
  const session = newSession(room, rooms.connect(room, grant.identity), connection);
  const offered = objectsOf(message['peer_connections'])[0];
  session.own = offered ? readPeerState(offered) : null;
  rooms.setTracks(room, session.participant, readTracks(session, message) ?? []);
  return session;
}

function isGranted({ room: granted }: Grant, name: string | null, room: Room | undefined): boolean {
  if (granted === null || name === null) return true;
  return room ? granted === room.sid || granted === nameOf(room) : granted === name;
}
