import type { RemoteParticipant, RemoteTrackPublication, RemoteVideoTrack } from 'twilio-video';
import type { FarMedia } from '../link.ts';

export const screenName = 'screen';

export type FarSide = { media: FarMedia; tracks: { audio: MediaStreamTrack | null; video: MediaStreamTrack | null } };

/** What a participant shows and says at this moment, as the SDK knows it. */
export function farSideOf(participant: RemoteParticipant): FarSide {
  const publications = [...participant.tracks.values()];
  const audio = publications.find(({ kind }) => kind === 'audio');
  const screen = publications.find((one) => one.kind === 'video' && one.trackName === screenName);
  const camera = publications.find((one) => one.kind === 'video' && one.trackName !== screenName);
  const shown = [screen, camera].map(pictureOf).find((track) => track !== null) ?? null;
  const isScreen = shown !== null && shown === pictureOf(screen);
  return {
    media: { audio: audio?.isTrackEnabled ?? false, video: shown !== null, screen: isScreen },
    tracks: { audio: soundOf(audio), video: shown },
  };
}

function pictureOf(publication: RemoteTrackPublication | undefined): MediaStreamTrack | null {
  if (!publication?.isTrackEnabled || publication.track?.kind !== 'video') return null;
  const track: RemoteVideoTrack = publication.track;
  return track.isSwitchedOff ? null : track.mediaStreamTrack;
}

function soundOf(publication: RemoteTrackPublication | undefined): MediaStreamTrack | null {
  return publication?.track?.kind === 'audio' ? publication.track.mediaStreamTrack : null;
}
