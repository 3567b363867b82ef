import { computed, type ComputedRef } from 'vue';
import type { LocalMedia } from '../media/use-local-media.ts';
import type { ScreenShare } from '../media/use-screen-share.ts';
import type { MediaData } from './signal-data.ts';

export type LocalSide = {
  /** The screen takes the camera's place while it is shared. */
  tracks: ComputedRef<{ audio: MediaStreamTrack | null; video: MediaStreamTrack | null }>;
  media: ComputedRef<MediaData>;
};

/** What this side sends, and what it says of that. */
export function useLocalSide(media: LocalMedia, screen: ScreenShare): LocalSide {
  const microphone = media.microphoneFlows;
  const isSharing = computed(() => screen.track.value !== null);
  const camera = computed(() => media.cameraFlows.value && !isSharing.value);
  return {
    tracks: computed(() => ({
      audio: media.microphoneTrack.value,
      video: screen.track.value ?? media.cameraTrack.value,
    })),
    media: computed(() => ({ microphone: microphone.value, camera: camera.value, screen: isSharing.value })),
  };
}
