import { type Ref, shallowReadonly, shallowRef } from 'vue';
import type { Quality, RemoteSide } from './call-session.ts';
import type { FarMedia } from './link.ts';

type FarTracks = { audio: MediaStreamTrack | null; video: MediaStreamTrack | null };

const nobody: RemoteSide = {
  present: false,
  audio: false,
  video: false,
  screen: false,
  videoStream: null,
  audioStream: null,
  quality: 'unknown',
};

/**
 * Puts together what is known of the far side. A camera that is off sends nothing and no event, so the picture is
 * shown only while the far side says that it is on, and comes back as a new stream: the last frame never stays.
 */
export function useRemoteSide(): {
  remote: Readonly<Ref<RemoteSide>>;
  setPresent(present: boolean): void;
  setMedia(media: FarMedia): void;
  setTracks(tracks: FarTracks): void;
  setQuality(quality: Quality): void;
  forget(): void;
} {
  const remote = shallowRef(nobody);
  let tracks: FarTracks = { audio: null, video: null };

  function put(news: Partial<RemoteSide>): void {
    const next = { ...remote.value, ...news };
    next.videoStream = streamOf(next.video ? tracks.video : null, next.videoStream);
    next.audioStream = streamOf(tracks.audio, next.audioStream);
    if (isNews(remote.value, next)) remote.value = next;
  }

  return {
    remote: shallowReadonly(remote),
    setPresent: (present) => put(present ? { present } : { ...nobody }),
    setMedia: (media) => put({ ...media, present: true }),
    setTracks: (now) => {
      tracks = now;
      put({});
    },
    setQuality: (quality) => put({ quality }),
    forget: () => {
      tracks = { audio: null, video: null };
      put({ ...nobody });
    },
  };
}

function streamOf(track: MediaStreamTrack | null, before: MediaStream | null): MediaStream | null {
  if (!track) return null;
  return before?.getTracks()[0] === track ? before : new MediaStream([track]);
}

function isNews(before: RemoteSide, now: RemoteSide): boolean {
  return (Object.keys(now) as (keyof RemoteSide)[]).some((key) => before[key] !== now[key]);
}
