import { type Capture, isNoSuchDevice } from './capture.ts';

export type Facing = 'user' | 'environment';
/** `switched: false`: the track is the old camera, opened again, or null when not even that could be had. */
export type SwitchResult = { switched: boolean; track: MediaStreamTrack | null; error: unknown };

/** Changes to the camera of this id, keeping the old one on as long as it can: no gap for the far side. */
export async function switchToCamera(old: MediaStreamTrack, deviceId: string, capture: Capture): Promise<SwitchResult> {
  const wanted = { deviceId: { exact: deviceId } };
  try {
    return { switched: true, track: await capture(wanted), error: null };
  } catch (error) {
    if (isNoSuchDevice(error)) return { switched: false, track: old, error };
    // A phone opens one camera at a time.
    return firstOf(old, [wanted], capture, () => true);
  }
}

/**
 * Changes between front and main camera: exactly the other side, else the other side as a wish, else the next camera;
 * when all fail the old camera is opened again.
 */
export async function switchFacing(
  old: MediaStreamTrack,
  cameras: MediaDeviceInfo[],
  capture: Capture,
): Promise<SwitchResult> {
  const before = old.getSettings();
  const facing: Facing = before.facingMode === 'environment' ? 'user' : 'environment';
  const next = nextCamera(cameras, before.deviceId);
  const wishes: MediaTrackConstraints[] = [{ facingMode: { exact: facing } }, { facingMode: facing }];
  if (next) wishes.push({ deviceId: { exact: next } });
  return firstOf(old, wishes, capture, (track) => isAnother(track, before, facing));
}

async function firstOf(
  old: MediaStreamTrack,
  wishes: MediaTrackConstraints[],
  capture: Capture,
  isWanted: (track: MediaStreamTrack) => boolean,
): Promise<SwitchResult> {
  const { deviceId } = old.getSettings();
  old.stop();
  let error: unknown = null;
  for (const wish of wishes) {
    const attempt = await attempted(() => capture(wish));
    if (attempt.track && isWanted(attempt.track)) return { switched: true, track: attempt.track, error: null };
    attempt.track?.stop();
    error = attempt.error ?? error;
  }
  const restored = await attempted(() => capture(deviceId ? { deviceId: { exact: deviceId } } : {}));
  return { switched: false, track: restored.track, error: restored.error ?? error };
}

async function attempted(
  capture: () => Promise<MediaStreamTrack>,
): Promise<{ track: MediaStreamTrack | null; error: unknown }> {
  try {
    return { track: await capture(), error: null };
  } catch (error) {
    return { track: null, error };
  }
}

/** A wish may be answered with the very camera that was on before. */
function isAnother(track: MediaStreamTrack, before: MediaTrackSettings, facing: Facing): boolean {
  const now = track.getSettings();
  return now.facingMode === facing || (now.deviceId !== undefined && now.deviceId !== before.deviceId);
}

function nextCamera(cameras: MediaDeviceInfo[], deviceId: string | undefined): string | undefined {
  const here = cameras.findIndex((camera) => camera.deviceId === deviceId);
  const next = cameras[(here + 1) % cameras.length];
  return next?.deviceId === deviceId ? undefined : next?.deviceId;
}
