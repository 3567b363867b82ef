import type { CallSession, CallSessionOptions, TwilioGrant } from '../call-session.ts';
import { createSession } from '../session.ts';
import { TwilioLink } from './twilio-link.ts';

/** A call through a room of Twilio Video. */
export function createTwilioSession(options: CallSessionOptions, grant: TwilioGrant): CallSession {
  return createSession(options, grant, (owner, next) => new TwilioLink(owner, next));
}
