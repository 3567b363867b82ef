import { tryOnScopeDispose, useEventListener } from '@vueuse/core';
import { computed, type ComputedRef, type MaybeRefOrGetter, type Ref, ref, toValue } from 'vue';

/** Safari's own interface, older than the standard and the only one on iPhones. */
type SafariVideo = HTMLVideoElement & {
  webkitSupportsPresentationMode?: (mode: 'picture-in-picture') => boolean;
  webkitSetPresentationMode?: (mode: 'inline' | 'picture-in-picture') => void;
  webkitPresentationMode?: 'inline' | 'picture-in-picture' | 'fullscreen';
};

/** Lets the far side's picture float above other windows. */
export function usePictureInPicture(video: MaybeRefOrGetter<HTMLVideoElement | null>): {
  isSupported: ComputedRef<boolean>;
  isActive: Readonly<Ref<boolean>>;
  toggle(): Promise<void>;
  leave(): Promise<void>;
} {
  const isActive = ref(false);
  const element = computed<SafariVideo | null>(() => toValue(video));
  const isSupported = computed(() => document.pictureInPictureEnabled || isSafaris(element.value));

  function look(): void {
    const now = element.value;
    isActive.value =
      now !== null && (document.pictureInPictureElement === now || now.webkitPresentationMode === 'picture-in-picture');
  }
  useEventListener(element, ['enterpictureinpicture', 'leavepictureinpicture', 'webkitpresentationmodechanged'], look);

  async function enter(): Promise<void> {
    const now = element.value;
    if (!now) return;
    if (document.pictureInPictureEnabled) await now.requestPictureInPicture();
    else now.webkitSetPresentationMode?.('picture-in-picture');
  }

  async function leave(): Promise<void> {
    const now = element.value;
    if (now && document.pictureInPictureElement === now) await document.exitPictureInPicture();
    else if (now?.webkitPresentationMode === 'picture-in-picture') now.webkitSetPresentationMode?.('inline');
  }

  async function toggle(): Promise<void> {
    look();
    await (isActive.value ? leave() : enter());
  }

  tryOnScopeDispose(() => void leave());
  return { isSupported, isActive, toggle, leave };
}

function isSafaris(video: SafariVideo | null): boolean {
  return video?.webkitSupportsPresentationMode?.('picture-in-picture') ?? false;
}
