import { reactive, readonly, watch, type ShallowRef } from 'vue';
import type { CallSession, JoinGrant } from '../../call/call-session.ts';
import type { LocalMedia } from '../../call/media/use-local-media.ts';
import { isInCall, type CallFlow } from './call-flow.ts';
import { forgetChoices, recallChoices, rememberChoices } from './remembered-choices.ts';

export type MediaChoices = {
  /** What the person asked for, which is kept when an end or a reload turns the devices off. */
  wanted: { readonly microphone: boolean; readonly camera: boolean };
  wasInCall: boolean;
  /** Through whom the call went that a reload interrupted. */
  provider: JoinGrant['provider'] | null;
  toggleMicrophone(): Promise<void>;
  toggleCamera(): Promise<void>;
  /** Turns on again what is wanted. */
  restore(): Promise<void>;
};

type Place = { backendId: string; appointmentId: string };
type Sources = {
  media: LocalMedia;
  session: Readonly<ShallowRef<CallSession | null>>;
  flow: Readonly<ShallowRef<CallFlow>>;
};

/** Microphone and camera as the person wants them, brought back by a reload of this tab. */
export function useMediaChoices({ backendId, appointmentId }: Place, { media, session, flow }: Sources): MediaChoices {
  const recalled = recallChoices(sessionStorage, backendId, appointmentId);
  const wanted = reactive({ microphone: recalled?.microphone ?? false, camera: recalled?.camera ?? false });

  async function setMicrophone(on: boolean): Promise<void> {
    wanted.microphone = on;
    if (session.value) wanted.microphone = (await session.value.setMicrophone(on)) && on;
    else if (on) wanted.microphone = await media.startMicrophone();
    else media.stopMicrophone();
  }

  async function setCamera(on: boolean): Promise<void> {
    wanted.camera = on;
    if (session.value) wanted.camera = (await session.value.setCamera(on)) && on;
    else if (on) wanted.camera = await media.startCamera();
    else media.stopCamera();
  }

  watch(
    [flow, () => wanted.microphone, () => wanted.camera],
    ([now, microphone, camera]) => {
      if (isInCall(now)) {
        const provider = session.value?.provider ?? null;
        rememberChoices(sessionStorage, backendId, appointmentId, { isInCall: true, microphone, camera, provider });
      } else if (now.phase === 'ended') {
        forgetChoices(sessionStorage, backendId, appointmentId);
      }
    },
    { flush: 'sync' },
  );

  return {
    wanted: readonly(wanted),
    wasInCall: recalled?.isInCall ?? false,
    provider: recalled?.provider ?? null,
    toggleMicrophone: () => setMicrophone(!media.microphoneOn.value),
    toggleCamera: () => setCamera(!media.cameraOn.value),
    async restore() {
      const isOff = { microphone: !media.microphoneOn.value, camera: !media.cameraOn.value };
      await Promise.all([
        wanted.microphone && isOff.microphone && setMicrophone(true),
        wanted.camera && isOff.camera && setCamera(true),
      ]);
    },
  };
}
