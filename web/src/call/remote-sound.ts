import { tryOnScopeDispose } from '@vueuse/core';
import { readonly, type Ref, ref, watch } from 'vue';
import type { RemoteSide } from './call-session.ts';
import { sendTo } from './media/speaker.ts';

/** Plays the far side's sound, apart from any picture, so that it is heard whatever the page shows. */
export function useRemoteSound(
  remote: Readonly<Ref<RemoteSide>>,
  speakerId: string | null,
): { blocked: Readonly<Ref<boolean>>; allow(): Promise<void>; setSpeaker(deviceId: string | null): Promise<boolean> } {
  const element = new Audio();
  const blocked = ref(false);

  async function play(): Promise<void> {
    try {
      await element.play();
      blocked.value = false;
    } catch (error) {
      // NotAllowedError: no click yet. AbortError: another stream came before this one began.
      if (!(error instanceof DOMException)) throw error;
      if (error.name === 'NotAllowedError') blocked.value = true;
    }
  }

  async function setSpeaker(deviceId: string | null): Promise<boolean> {
    try {
      return await sendTo(element, deviceId);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      return false;
    }
  }

  watch(
    () => remote.value.audioStream,
    (stream) => {
      element.srcObject = stream;
      if (stream) void play();
    },
    { immediate: true, flush: 'sync' },
  );
  if (speakerId !== null) void setSpeaker(speakerId);
  tryOnScopeDispose(() => void (element.srcObject = null));
  return { blocked: readonly(blocked), allow: play, setSpeaker };
}
