import { MediaUnavailable } from './media-failure.ts';

export type CaptureKind = 'camera' | 'microphone';
export type Capture = (constraints: MediaTrackConstraints) => Promise<MediaStreamTrack>;

/** What is asked of every camera: a picture that a phone's uplink can carry. */
const picture: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
  facingMode: 'user',
};
const sound: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/** Asks the browser for one track. Throws what getUserMedia throws, or MediaUnavailable. */
export const captureCamera: Capture = async (constraints) => {
  const stream = await mediaDevices().getUserMedia({ video: { ...picture, ...constraints } });
  return onlyTrack(stream.getVideoTracks());
};

export const captureMicrophone: Capture = async (constraints) => {
  const stream = await mediaDevices().getUserMedia({ audio: { ...sound, ...constraints } });
  return onlyTrack(stream.getAudioTracks());
};

/** The device asked for, or the browser's choice when that one is gone. */
export async function captureOrAny(capture: Capture, deviceId: string | null): Promise<MediaStreamTrack> {
  if (deviceId === null) return capture({});
  try {
    return await capture({ deviceId: { exact: deviceId } });
  } catch (error) {
    if (!isNoSuchDevice(error)) throw error;
    return capture({});
  }
}

export function isNoSuchDevice(error: unknown): boolean {
  return error instanceof Error && ['OverconstrainedError', 'NotFoundError'].includes(error.name);
}

/** The state of the permission after a refusal; null where the browser does not tell. */
export async function permissionFor(kind: CaptureKind): Promise<PermissionState | null> {
  try {
    return (await navigator.permissions.query({ name: kind })).state;
  } catch (error) {
    // Firefox throws a TypeError for names that it does not know, and so does a browser without the interface.
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function mediaDevices(): MediaDevices {
  if (!navigator.mediaDevices?.getUserMedia) throw new MediaUnavailable();
  return navigator.mediaDevices;
}

function onlyTrack([track]: MediaStreamTrack[]): MediaStreamTrack {
  if (!track) throw new DOMException('the browser gave no track', 'NotFoundError');
  return track;
}
