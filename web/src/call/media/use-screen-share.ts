import { tryOnScopeDispose, useEventListener } from '@vueuse/core';
import { computed, type ComputedRef, type Ref, ref, type ShallowRef, shallowRef } from 'vue';
import { MediaUnavailable, type MediaFailure, mediaFailure } from './media-failure.ts';

export type ScreenShare = {
  track: Readonly<ShallowRef<MediaStreamTrack | null>>;
  stream: ComputedRef<MediaStream | null>;
  failure: Readonly<Ref<MediaFailure | null>>;
  start(): Promise<boolean>;
  stop(): void;
};

/** Phones have no such thing. */
export function canShareScreen(): boolean {
  return typeof navigator.mediaDevices?.getDisplayMedia === 'function';
}

/** A screen, a window or a tab that its owner picks; ended here or by the browser's own 'Stop sharing'. */
export function useScreenShare(): ScreenShare {
  const track = shallowRef<MediaStreamTrack | null>(null);
  const failure = ref<MediaFailure | null>(null);

  function stop(): void {
    track.value?.stop();
    track.value = null;
  }

  async function start(): Promise<boolean> {
    if (track.value) return true;
    failure.value = null;
    try {
      track.value = await captureScreen();
    } catch (error) {
      failure.value = mediaFailure(error, 'screen');
    }
    return track.value !== null;
  }

  useEventListener(track, 'ended', stop);
  tryOnScopeDispose(stop);
  const stream = computed(() => (track.value ? new MediaStream([track.value]) : null));
  return { track, stream, failure, start, stop };
}

async function captureScreen(): Promise<MediaStreamTrack> {
  if (!canShareScreen()) throw new MediaUnavailable();
  const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: 15 } }, audio: false });
  const [track] = stream.getVideoTracks();
  if (!track) throw new DOMException('no picture was shared', 'NotFoundError');
  // Letters stay sharp, at the cost of fewer frames.
  track.contentHint = 'detail';
  return track;
}
