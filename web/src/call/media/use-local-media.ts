import { computed, type ComputedRef, type Ref, ref, type ShallowRef, watch } from 'vue';
import { type Facing, switchFacing, switchToCamera } from './camera-switch.ts';
import { captureCamera, captureMicrophone } from './capture.ts';
import { type MediaFailure, mediaFailure } from './media-failure.ts';
import type { Devices } from './use-devices.ts';
import { type LocalTrack, useLocalTrack } from './use-local-track.ts';

export type LocalMedia = {
  cameraTrack: Readonly<ShallowRef<MediaStreamTrack | null>>;
  microphoneTrack: Readonly<ShallowRef<MediaStreamTrack | null>>;
  /** For the preview and the level meter. */
  cameraStream: ComputedRef<MediaStream | null>;
  microphoneStream: ComputedRef<MediaStream | null>;
  cameraOn: ComputedRef<boolean>;
  microphoneOn: ComputedRef<boolean>;
  /** What really reaches the far side: on, and not held back by the system. */
  cameraFlows: ComputedRef<boolean>;
  microphoneFlows: ComputedRef<boolean>;
  cameraStarting: Readonly<Ref<boolean>>;
  microphoneStarting: Readonly<Ref<boolean>>;
  cameraFailure: Readonly<Ref<MediaFailure | null>>;
  microphoneFailure: Readonly<Ref<MediaFailure | null>>;
  /** Mirror one's own picture unless it is 'environment'. */
  facing: ComputedRef<Facing | null>;
  canSwitchCamera: ComputedRef<boolean>;
  startCamera(deviceId?: string): Promise<boolean>;
  startMicrophone(deviceId?: string): Promise<boolean>;
  stopCamera(): void;
  stopMicrophone(): void;
  /** Silence without letting go of the microphone: speaking again is instant. */
  muteMicrophone(muted: boolean): void;
  /** The camera of this id, or the one on the other side of the phone; false: the old one is on again. */
  switchCamera(deviceId?: string): Promise<boolean>;
  stopAll(): void;
};

/** Camera and microphone of this page: off until asked for, each on its own, stopped with the scope. */
export function useLocalMedia(devices: Devices): LocalMedia {
  const camera = trackOf('camera', devices);
  const microphone = trackOf('microphone', devices);
  const isMuted = ref(false);
  watch(
    [microphone.track, isMuted],
    ([track, muted]) => {
      if (track) track.enabled = !muted;
    },
    { flush: 'sync' },
  );
  const microphoneOn = computed(() => microphone.isOn.value && !isMuted.value);

  async function startMicrophone(deviceId?: string): Promise<boolean> {
    isMuted.value = false;
    const isStarted = microphone.track.value && deviceId ? await changeTo(deviceId) : await microphone.start(deviceId);
    if (isStarted && deviceId) devices.choose('microphone', deviceId);
    return isStarted;
  }

  async function changeTo(deviceId: string): Promise<boolean> {
    microphone.failure.value = null;
    await microphone.replace(async (old) => {
      try {
        return await captureMicrophone({ deviceId: { exact: deviceId } });
      } catch (error) {
        microphone.failure.value = mediaFailure(error, 'microphone');
        return old;
      }
    });
    return microphone.failure.value === null;
  }

  function stopAll(): void {
    camera.stop();
    microphone.stop();
  }

  return {
    ...cameraOf(camera, devices),
    microphoneTrack: microphone.track,
    microphoneStream: microphone.stream,
    microphoneOn,
    microphoneFlows: computed(() => microphoneOn.value && isFlowing(microphone)),
    microphoneStarting: microphone.isStarting,
    microphoneFailure: microphone.failure,
    startMicrophone,
    stopMicrophone: microphone.stop,
    muteMicrophone: (muted) => void (isMuted.value = muted),
    stopAll,
  };
}

type CameraPart = Pick<LocalMedia, Extract<keyof LocalMedia, `${string}amera${string}`> | 'facing'>;

function cameraOf(camera: LocalTrack, devices: Devices): CameraPart {
  async function switchCamera(deviceId?: string): Promise<boolean> {
    let isSwitched = false;
    await camera.replace(async (old) => {
      const cameras = devices.cameras.value;
      const result = await (deviceId === undefined
        ? switchFacing(old, cameras, captureCamera)
        : switchToCamera(old, deviceId, captureCamera));
      isSwitched = result.switched;
      camera.failure.value = result.error ? mediaFailure(result.error, 'camera') : null;
      if (!isSwitched) devices.tell(restored(old, result.track));
      const chosen = result.track?.getSettings().deviceId;
      if (isSwitched && chosen) devices.choose('camera', chosen);
      return result.track;
    });
    return isSwitched;
  }

  async function startCamera(deviceId?: string): Promise<boolean> {
    if (deviceId === undefined) return camera.start();
    if (camera.track.value) return switchCamera(deviceId);
    const isStarted = await camera.start(deviceId);
    if (isStarted) devices.choose('camera', deviceId);
    return isStarted;
  }

  return {
    cameraTrack: camera.track,
    cameraStream: camera.stream,
    cameraOn: computed(() => camera.isOn.value),
    cameraFlows: computed(() => camera.isOn.value && isFlowing(camera)),
    cameraStarting: camera.isStarting,
    cameraFailure: camera.failure,
    facing: computed(() => facingOf(camera.track.value)),
    canSwitchCamera: computed(() => devices.cameras.value.length > 1),
    startCamera,
    stopCamera: camera.stop,
    switchCamera,
  };
}

function trackOf(kind: 'camera' | 'microphone', devices: Devices): LocalTrack {
  return useLocalTrack({
    kind,
    capture: kind === 'camera' ? captureCamera : captureMicrophone,
    preferred: () => devices[kind].value,
    // Only now does the browser tell the names of devices.
    onOpened: () => void devices.refresh(),
    onLost: (lost, now) => devices.tell({ kind, reason: now ? 'unplugged' : 'lost', lost, now: now?.label ?? null }),
  });
}

function restored(old: MediaStreamTrack, now: MediaStreamTrack | null): Parameters<Devices['tell']>[0] {
  return { kind: 'camera', reason: now ? 'restored' : 'lost', lost: old.label, now: now?.label ?? null };
}

function isFlowing({ track, isInterrupted }: LocalTrack): boolean {
  return track.value !== null && !isInterrupted.value;
}

function facingOf(track: MediaStreamTrack | null): Facing | null {
  const facing = track?.getSettings().facingMode;
  return facing === 'user' || facing === 'environment' ? facing : null;
}
