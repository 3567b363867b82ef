import type { components } from '@duet/contract/types';
import type { Ref } from 'vue';
import type { LocalMedia } from './media/use-local-media.ts';
import type { MediaFailure } from './media/media-failure.ts';
import { loadSdk } from './twilio/sdk.ts';

type Schemas = components['schemas'];
export type JoinGrant = Schemas['JoinGrant'];
export type PeerGrant = Schemas['PeerGrant'];
export type TwilioGrant = Schemas['TwilioGrant'];
export type SignalRequest = Schemas['SendSignalRequest'];
export type ReceivedSignal = Schemas['CallSignalData'];

/** The events of the account's stream that a call needs to hear. */
export type CallEvent = Extract<
  Schemas['Event'],
  {
    event:
      'call.participant-joined' | 'call.participant-left' | 'call.ended' | 'call.superseded' | 'appointment.cancelled';
  }
>;

export type CallState = 'idle' | 'connecting' | 'waiting' | 'connected' | 'reconnecting' | 'ended';

/**
 * left: by one's own wish; other-device: the same person joined elsewhere; ended-by-doctor: for both; call-over: time
 * or the provider ended it; cancelled: the appointment; failed: what `failure` says, and trying again is of no use.
 */
export type EndedReason = 'left' | 'other-device' | 'ended-by-doctor' | 'call-over' | 'cancelled' | 'failed';

export type Quality = 'unknown' | 'good' | 'fair' | 'poor';

/** What is known of the far side. The streams are null when there is nothing to show: never a frozen picture. */
export type RemoteSide = {
  /** The other person is in the call. */
  present: boolean;
  /** Its microphone is on. */
  audio: boolean;
  /** It shows something: its camera, or its screen. */
  video: boolean;
  /** What it shows is its screen, which must not be cropped. */
  screen: boolean;
  /** For a muted `<video>`: the sound is played by the session itself. A new stream each time the picture comes back. */
  videoStream: MediaStream | null;
  audioStream: MediaStream | null;
  /** How well the far side is received. */
  quality: Quality;
};

/** Why a call does not go as it should, for `call.failure.<kind>.title` and `.way`; `code` is Twilio's, when there is one. */
export type CallFailure = { kind: CallFailureKind; code: number | null };
export type CallFailureKind =
  | 'token'
  | 'signalling'
  | 'busy'
  | 'full'
  | 'gone'
  | 'too-long'
  | 'media'
  | 'configuration'
  | 'unreachable'
  | 'refused'
  | 'unknown';

export interface CallSession {
  readonly provider: JoinGrant['provider'];
  readonly state: Readonly<Ref<CallState>>;
  readonly endedReason: Readonly<Ref<EndedReason | null>>;
  /** What went wrong last; null again when the call goes well. */
  readonly failure: Readonly<Ref<CallFailure | null>>;
  readonly local: LocalMedia;
  readonly remote: Readonly<Ref<RemoteSide>>;
  /** One's own screen while it is shared, for a preview. */
  readonly screenStream: Readonly<Ref<MediaStream | null>>;
  readonly screenFailure: Readonly<Ref<MediaFailure | null>>;
  /** The browser holds the sound back until somebody clicks: offer a button that calls `allowSound`. */
  readonly soundBlocked: Readonly<Ref<boolean>>;
  /** Recovery by itself has failed for 60 s: offer a button that calls `rejoin`. */
  readonly needsRejoin: Readonly<Ref<boolean>>;

  setMicrophone(on: boolean): Promise<boolean>;
  setCamera(on: boolean): Promise<boolean>;
  /** The given camera, or the one on the other side of the phone. False: the old one was restored. */
  switchCamera(deviceId?: string): Promise<boolean>;
  setSpeaker(deviceId: string | null): Promise<boolean>;
  /** Call it in the click itself: browsers ask for a gesture. False: dismissed or refused, see `screenFailure`. */
  shareScreen(on: boolean): Promise<boolean>;
  allowSound(): Promise<void>;
  /** Ends this side's call, stops camera and microphone, and tells the backend. */
  leave(): Promise<void>;
  /** Joins anew with a fresh grant; also after 'other-device', when the person asks for the call back here. */
  rejoin(): Promise<void>;
  /** Lets go of everything without telling the backend (a page that goes away, a logout). */
  dispose(): void;
}

export type Stop = () => void;

/** Everything to the outside is injected. A refused request throws something with the problem's `code`. */
export type CallSessionOptions = {
  grant: JoinGrant;
  appointmentId: string;
  accountId: string;
  media: LocalMedia;
  /** joinCall: a new grant. */
  join(): Promise<JoinGrant>;
  /** leaveCall. */
  leaveCall(connectionId: string): Promise<void>;
  sendSignal(signal: SignalRequest): Promise<void>;
  /** Signals of this appointment, in the order of the stream. */
  onSignal(handler: (signal: ReceivedSignal) => void): Stop;
  /** Events of this appointment, in the order of the stream. */
  onCallEvent(handler: (event: CallEvent) => void): Stop;
  /** Whether the other participant is connected, by the backend (getAppointment). */
  isOtherConnected(): Promise<boolean>;
  /** Starts keepPresence for a connection; `onRefused` is told the problem's code. */
  heartbeat(connectionId: string, onRefused: (code: string) => void): { stop(): void };
  /**
   * Resolves once the event stream is live and has caught up; asked before joining again by itself, so that a takeover
   * by another device is heard first.
   */
  streamIsLive?(): Promise<void>;
  /** The speaker to begin with. */
  speakerId?: string | null;
  /** Another signalling server than Twilio's: the emulator's, ws://…/signaling. */
  twilioSignalling?: string | undefined;
};

const loadPeer = () => import('./peer/peer-session.ts');
const loadTwilio = () => import('./twilio/twilio-session.ts');

/** Enters the call with the provider that the grant names. Twilio's SDK is loaded only when it is needed. */
export async function createCallSession(options: CallSessionOptions): Promise<CallSession> {
  if (options.grant.provider === 'peer') {
    const { createPeerSession } = await loadPeer();
    return createPeerSession(options, options.grant);
  }
  const { createTwilioSession } = await loadTwilio();
  return createTwilioSession(options, options.grant);
}

/** Loads what a call through this provider takes, ahead of its grant. What is not there then is loaded by the call. */
export async function prepareProvider(provider: JoinGrant['provider']): Promise<void> {
  await Promise.allSettled(provider === 'peer' ? [loadPeer()] : [loadTwilio(), loadSdk()]);
}
