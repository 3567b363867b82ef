import type { CallFailure, CallSessionOptions, EndedReason, JoinGrant, Quality, Stop } from './call-session.ts';
import type { ScreenShare } from './media/use-screen-share.ts';

/** What the far side says of itself. */
export type FarMedia = { audio: boolean; video: boolean; screen: boolean };

/** Where a link stands; `waiting`: the other person is not there. */
export type LinkState = 'connecting' | 'waiting' | 'connected';

/** What a link tells the session it serves. */
export type LinkOwner = {
  options: CallSessionOptions;
  screen: ScreenShare;
  /** Whether the other person is in the call, by the backend and by what came from them; null: not known yet. */
  isOtherThere(): boolean | null;
  otherIsThere(there: boolean): void;
  setState(state: LinkState): void;
  setPresent(present: boolean): void;
  setFarMedia(media: FarMedia): void;
  setFarTracks(tracks: { audio: MediaStreamTrack | null; video: MediaStreamTrack | null }): void;
  setQuality(quality: Quality): void;
  setFailure(failure: CallFailure | null): void;
  end(reason: EndedReason, failure?: CallFailure | null): void;
  /** The backend refused something with this code. */
  refused(code: string): void;
  /** This connection cannot be mended: join anew, with a fresh grant. */
  renew(): void;
};

/** One connection by one grant, with what the provider needs for it. It runs within the session's scope. */
export type Link = {
  /** The backend said that the other person came or went. */
  onOther(there: boolean): void;
  /** Says goodbye to the far side; never fails, and takes a second at most. */
  farewell(): Promise<void>;
  /** Whether this connection was taken over by another device, asked before joining again by itself. */
  isSuperseded(): Promise<boolean>;
  close: Stop;
};

export type OpenLink<Grant extends JoinGrant> = (owner: LinkOwner, grant: Grant) => Link;
