import { useEventListener, useTimeoutFn } from '@vueuse/core';
import { type ComputedRef, type Ref, ref, type ShallowRef, watch } from 'vue';

/** How long a track that the system muted may stay so on a visible page before it is opened anew. */
const patienceMs = 1000;

/**
 * Watches what the system does to a track. A phone call mutes or ends it, pulling a plug ends it; either is mended as
 * soon as the page is seen again.
 */
export function useTrackHealth(
  track: Readonly<ShallowRef<MediaStreamTrack | null>>,
  { isVisible, revive }: { isVisible: ComputedRef<boolean>; revive: () => Promise<void> },
): { isInterrupted: Readonly<Ref<boolean>> } {
  const isInterrupted = ref(false);
  const patience = useTimeoutFn(() => void (isInterrupted.value && revive()), patienceMs, { immediate: false });

  function look(): void {
    const now = track.value;
    isInterrupted.value = now !== null && (now.muted || now.readyState === 'ended');
    patience.stop();
    if (!isInterrupted.value || !isVisible.value) return;
    if (now?.readyState === 'ended') void revive();
    else patience.start();
  }

  useEventListener(track, ['ended', 'mute', 'unmute'], look);
  watch([track, isVisible], look, { flush: 'sync' });
  return { isInterrupted };
}
