import type { CallSession, CallSessionOptions, PeerGrant } from '../call-session.ts';
import { createSession } from '../session.ts';
import { PeerLink } from './peer-link.ts';

/** A call from browser to browser, over the browser's own RTCPeerConnection. */
export function createPeerSession(options: CallSessionOptions, grant: PeerGrant): CallSession {
  return createSession(options, grant, (owner, next) => new PeerLink(owner, next));
}
