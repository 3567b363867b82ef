import { randomUUID } from 'node:crypto';
import { type Json, objectsOf } from '../json.ts';
import { peerUpdate } from './messages.ts';
import { PeerLink } from './peer-link.ts';
import { type PeerState, readPeerState } from './peer-state.ts';
import type { Session } from './session.ts';

const closed = { type: 'close', revision: 0 };

/**
 * Joins a newcomer to who is there, by one peer connection, and gives what the newcomer is to be told of it. The
 * resident's own offer serves when it is unused; else the newcomer's goes to the resident.
 */
export function meet(newcomer: Session, resident: Session | undefined): PeerState[] {
  if (!resident) return newcomer.own ? [{ id: newcomer.own.id }] : [];
  const offered = resident.own ?? newcomer.own;
  if (!offered) return [askForOffer(newcomer, resident)];
  const isResidents = offered === resident.own;
  const link = new PeerLink(offered.id, resident, newcomer);
  link.receive(isResidents ? resident : newcomer, offered);
  const unused = isResidents ? newcomer.own : null;
  resident.own = newcomer.own = null;
  if (!isResidents) resident.connection?.send(peerUpdate([link.saidTo(resident)]));
  const told = isResidents ? link.saidTo(newcomer) : { id: link.id };
  return unused ? [told, { id: unused.id, description: closed }] : [told];
}

/** What a client whose socket is back must hear of its peer connection; a link that was given up is made anew. */
export function resume(session: Session, other: Session | undefined): PeerState[] {
  if (session.link) return [session.link.saidTo(session)];
  return meet(session, other);
}

/** Takes in what a client says of peer connections, and hands it to the other one. */
export function relay(session: Session, message: Json): void {
  for (const state of objectsOf(message['peer_connections']).map(readPeerState)) {
    if (!state) continue;
    if (session.own?.id === state.id) session.own = { ...session.own, ...state };
    else if (session.link?.id === state.id) passOn(session, session.link, state);
  }
}

/** Closes the link at the other end, before that end takes the silence for a broken network of its own. */
export function part(session: Session): void {
  const { link } = session;
  if (!link) return;
  link.otherThan(session).connection?.send(peerUpdate([{ id: link.id, description: closed }]));
  link.end();
}

function passOn(session: Session, link: PeerLink, state: PeerState): void {
  const news = link.receive(session, state);
  if (news) link.otherThan(session).connection?.send(peerUpdate([news]));
  if (state.description?.type === 'close') link.end();
}

function askForOffer(newcomer: Session, resident: Session): PeerState {
  const link = new PeerLink(randomUUID(), resident, newcomer);
  return { id: link.id, description: { type: 'create-offer', revision: 1 } };
}
