import type { LocalMedia } from './use-local-media.ts';

/** Keeps in mind what was on, so that a call taken back here begins as it stopped. */
export function rememberMedia(media: LocalMedia): { restore(): Promise<void> } {
  const [camera, microphone] = [media.cameraOn.value, media.microphoneOn.value];
  return {
    restore: async () => {
      await Promise.all([camera && media.startCamera(), microphone && media.startMicrophone()]);
    },
  };
}
