import { nameOf, type Participant, presentIn, type Track } from '../rooms/room.ts';
import { sessionTimeoutMs } from '../rooms/deadlines.ts';
import type { TwilioError } from '../twilio-error.ts';
import type { PeerState } from './peer-state.ts';
import type { Session } from './session.ts';

/** The version of the room signalling that twilio-video 2.36 speaks. */
const version = 2;

export type IceServer = { urls: string | string[]; username?: string; credential?: string };

export function iced(iceServers: IceServer[]): object {
  return { type: 'iced', version: 1, ice_servers: iceServers };
}

export function refusal({ code, message }: TwilioError): object {
  return { type: 'error', version, code, message };
}

/** The room is over for this client: with the status completed it is told 53118, else nothing. */
export function disconnected({ room, participant }: Session, status: 'completed' | 'disconnected'): object {
  return { type: 'disconnected', version, sid: room.sid, status, participant: participantState(participant) };
}

/** The answer to connect. */
export function connected(session: Session, peers: PeerState[]): object {
  return { ...wholeState(session, peers), type: 'connected' };
}

/** The answer to sync: what is not in it is gone. */
export function synced(session: Session, peers: PeerState[]): object {
  return { ...wholeState(session, peers), type: 'synced' };
}

/** What one participant did, with what this client may subscribe to now. */
export function participantUpdate(session: Session, participant: Participant): object {
  return { type: 'update', version, participants: [participantState(participant)], subscribed: subscribed(session) };
}

/** Tells a client the sids of its own tracks. */
export function publishedUpdate(session: Session): object {
  return { type: 'update', version, published: published(session) };
}

export function peerUpdate(peers: PeerState[]): object {
  return { type: 'update', version, peer_connections: peers };
}

function wholeState(session: Session, peers: PeerState[]): object {
  const { room, participant } = session;
  return {
    version,
    session: session.id,
    sid: room.sid,
    name: nameOf(room),
    options: {
      media_region: room.settings.mediaRegion,
      signaling_region: 'us1',
      session_timeout: sessionTimeoutMs / 1000,
      audio_processors: [],
    },
    participant: participantState(participant),
    participants: othersIn(session).map(participantState),
    peer_connections: peers,
    published: published(session),
    subscribed: subscribed(session),
  };
}

function participantState({ sid, identity, status, revision, tracks }: Participant): object {
  return { sid, identity, state: status, revision, tracks: tracks.map(trackState) };
}

function trackState({ sid, name, kind, isEnabled, priority }: Track): object {
  return { sid, name, kind, enabled: isEnabled, priority };
}

function published(session: Session): object {
  session.publishedRevision += 1;
  const tracks = session.participant.tracks.map(({ id, sid }) => ({ id, sid, state: 'ready' }));
  return { revision: session.publishedRevision, tracks };
}

function subscribed(session: Session): object {
  session.subscribedRevision += 1;
  const tracks = othersIn(session).flatMap((other) => other.tracks.map(({ id, sid }) => ({ id, sid, state: 'ready' })));
  return { revision: session.subscribedRevision, tracks };
}

function othersIn({ room, participant }: Session): Participant[] {
  return presentIn(room).filter((other) => other !== participant);
}
