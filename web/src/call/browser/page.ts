import { effectScope, ref, watch } from 'vue';
import { type CallSession, createCallSession } from '../call-session.ts';
import { useDevices } from '../media/use-devices.ts';
import { useLocalMedia } from '../media/use-local-media.ts';
import { useMicrophoneLevel } from '../media/use-microphone-level.ts';
import { useWakeLock } from '../media/use-wake-lock.ts';
import { relayClient } from './page-relay.ts';
import { framesOfAll } from './page-peers.ts';

/** What a test sees and does in a page; everything in it can be sent as JSON. */
export type Driver = typeof driver;

const address = new URL(location.href).searchParams;
const account = address.get('account') ?? 'doctor';
const relay = relayClient(address.get('room') ?? '', account);

const isInCall = ref(false);
const scope = effectScope();
const { devices, media, level, wakeLock } = scope.run(() => {
  const devices = useDevices();
  const media = useLocalMedia(devices);
  const level = useMicrophoneLevel(media.microphoneStream);
  return { devices, media, level, wakeLock: useWakeLock(isInCall) };
}) as never as Parts;
type Parts = {
  devices: ReturnType<typeof useDevices>;
  media: ReturnType<typeof useLocalMedia>;
  level: ReturnType<typeof useMicrophoneLevel>;
  wakeLock: ReturnType<typeof useWakeLock>;
};

let session: CallSession | null = null;
let startedAt = 0;
let firstFrameMs: number | null = null;
const states: string[] = [];
const video = Object.assign(document.createElement('video'), { autoplay: true, muted: true, playsInline: true });
document.body.append(video);

/** Joins with what is on; gives the name of the refusal, or 'joined'. */
async function join(): Promise<string> {
  startedAt = performance.now();
  firstFrameMs = null;
  session = await createCallSession({
    grant: await relay.join(),
    appointmentId: 'appointment',
    accountId: account,
    media,
    ...relay,
    ...(address.has('signalling') && { twilioSignalling: address.get('signalling') ?? '' }),
  });
  isInCall.value = true;
  const { remote, state } = session;
  watch(() => remote.value.videoStream, show, { immediate: true });
  watch(state, (now) => states.push(now), { immediate: true, flush: 'sync' });
  return 'joined';
}

function show(stream: MediaStream | null): void {
  video.srcObject = stream;
  if (stream) video.requestVideoFrameCallback(() => (firstFrameMs ??= performance.now() - startedAt));
}

/** The colour in the middle of the far side's picture; null: no picture. */
function colour(): [number, number, number] | null {
  if (!video.srcObject || video.videoWidth === 0) return null;
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d');
  context?.drawImage(video, video.videoWidth / 2, video.videoHeight / 2, 1, 1, 0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context?.getImageData(0, 0, 1, 1).data ?? [];
  return [red, green, blue];
}

async function seen() {
  const remote = session?.remote.value;
  const { frames, peers, offers } = await framesOfAll();
  return {
    state: session?.state.value ?? 'idle',
    states: [...states],
    endedReason: session?.endedReason.value ?? null,
    failure: session?.failure.value ?? null,
    needsRejoin: session?.needsRejoin.value ?? false,
    present: remote?.present ?? false,
    audio: remote?.audio ?? false,
    video: remote?.video ?? false,
    screen: remote?.screen ?? false,
    quality: remote?.quality ?? 'unknown',
    hasStream: remote?.videoStream !== null && remote !== undefined,
    hasSound: remote?.audioStream !== null && remote !== undefined,
    soundBlocked: session?.soundBlocked.value ?? false,
    width: video.videoWidth,
    colour: colour(),
    firstFrameMs,
    frames,
    peers,
    offers,
    local: {
      cameraOn: media.cameraOn.value,
      microphoneOn: media.microphoneOn.value,
      cameraState: media.cameraTrack.value?.readyState ?? null,
      microphoneState: media.microphoneTrack.value?.readyState ?? null,
      camera: media.cameraTrack.value?.getSettings().deviceId ?? null,
      facing: media.facing.value,
      cameraFailure: media.cameraFailure.value,
      microphoneFailure: media.microphoneFailure.value,
      level: level.level.value,
      awake: wakeLock.isActive.value,
    },
    cameras: devices.cameras.value.map(({ deviceId }) => deviceId),
    notice: devices.notice.value,
    chosenCamera: devices.camera.value,
  };
}

const driver = {
  join,
  seen,
  startCamera: (deviceId?: string) => media.startCamera(deviceId),
  startMicrophone: () => media.startMicrophone(),
  setCamera: (on: boolean) => session?.setCamera(on),
  setMicrophone: (on: boolean) => session?.setMicrophone(on),
  switchCamera: (deviceId?: string) => session?.switchCamera(deviceId),
  shareScreen: (on: boolean) => session?.shareScreen(on),
  leave: () => session?.leave(),
  rejoin: () => session?.rejoin(),
  dispose: () => session?.dispose(),
  endCamera: () => void media.cameraTrack.value?.dispatchEvent(new Event('ended')),
  stopCameraUnderneath: () => {
    media.cameraTrack.value?.stop();
    media.cameraTrack.value?.dispatchEvent(new Event('ended'));
  },
};

Object.assign(window, { driver });
