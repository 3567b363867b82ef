import { randomUUID } from 'node:crypto';
import type { Participant, Room } from '../rooms/room.ts';
import type { Connection } from './connection.ts';
import type { PeerLink } from './peer-link.ts';
import type { PeerState } from './peer-state.ts';

/**
 * A browser's presence in a room; it outlives its sockets. `own` is the peer connection that the browser offered when
 * it joined, until it is used or closed; `farewell` is the last word, kept for one whose socket is away.
 */
export type Session = {
  id: string;
  room: Room;
  participant: Participant;
  connection: Connection | null;
  own: PeerState | null;
  link: PeerLink | null;
  /** The revision of the last participant state that the browser sent. */
  heardRevision: number;
  publishedRevision: number;
  subscribedRevision: number;
  mediaGrace: NodeJS.Timeout | undefined;
  farewell: object | null;
};

/** A session that has heard and said nothing yet. */
export function newSession(room: Room, participant: Participant, connection: Connection): Session {
  return {
    id: randomUUID(),
    room,
    participant,
    connection,
    own: null,
    link: null,
    heardRevision: 0,
    publishedRevision: 0,
    subscribedRevision: 0,
    mediaGrace: undefined,
    farewell: null,
  };
}
