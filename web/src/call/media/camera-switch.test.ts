import { describe, expect, it, vi } from 'vitest';
import { switchFacing, switchToCamera } from './camera-switch.ts';
import type { Capture } from './capture.ts';

type Settings = { deviceId: string; facingMode?: string };
const track = (settings: Settings): MediaStreamTrack =>
  ({ getSettings: () => settings, stop: vi.fn(), label: settings.deviceId }) as never;
const cameras = ['front', 'main', 'usb'].map((deviceId) => ({ deviceId }) as MediaDeviceInfo);
const front: Settings = { deviceId: 'front', facingMode: 'user' };
const main: Settings = { deviceId: 'main', facingMode: 'environment' };
const failure = (name: string): DOMException => new DOMException('no', name);

/** A capture that answers one wish after the other. */
function capturing(...answers: (Settings | DOMException)[]): { capture: Capture; wishes: MediaTrackConstraints[] } {
  const wishes: MediaTrackConstraints[] = [];
  const capture: Capture = async (wish) => {
    wishes.push(wish);
    const answer = answers.shift();
    if (!answer || answer instanceof DOMException) throw answer ?? failure('NotFoundError');
    return track(answer);
  };
  return { capture, wishes };
}

describe('switchFacing', () => {
  it('asks for exactly the other side first', async () => {
    const { capture, wishes } = capturing(main);
    const result = await switchFacing(track(front), cameras, capture);
    expect(result).toMatchObject({ switched: true, track: { label: 'main' } });
    expect(wishes).toEqual([{ facingMode: { exact: 'environment' } }]);
  });

  it('then for the other side as a wish, then for the next camera', async () => {
    const { capture, wishes } = capturing(failure('OverconstrainedError'), front, { deviceId: 'main' });
    const result = await switchFacing(track(front), cameras, capture);
    expect(result).toMatchObject({ switched: true, track: { label: 'main' } });
    expect(wishes.slice(1)).toEqual([{ facingMode: 'environment' }, { deviceId: { exact: 'main' } }]);
  });

  it('and back: from the last camera the first is next', async () => {
    const none = failure('OverconstrainedError');
    const { capture } = capturing(none, none, { deviceId: 'front' });
    const result = await switchFacing(track({ deviceId: 'usb' }), cameras, capture);
    expect(result).toMatchObject({ switched: true, track: { label: 'front' } });
  });

  it('opens the old camera again when all fail', async () => {
    const inUse = failure('NotReadableError');
    const { capture, wishes } = capturing(inUse, inUse, inUse, front);
    const old = track(front);
    const result = await switchFacing(old, cameras, capture);
    expect(result).toMatchObject({ switched: false, track: { label: 'front' }, error: inUse });
    expect(wishes.at(-1)).toEqual({ deviceId: { exact: 'front' } });
    expect(old.stop).toHaveBeenCalled();
  });

  it('says so when not even the old one can be had', async () => {
    const { capture } = capturing();
    expect(await switchFacing(track(front), cameras, capture)).toMatchObject({ switched: false, track: null });
  });
});

describe('switchToCamera', () => {
  it('keeps the old one on until the new one is there', async () => {
    const { capture } = capturing({ deviceId: 'usb' });
    const old = track(front);
    expect(await switchToCamera(old, 'usb', capture)).toMatchObject({ switched: true, track: { label: 'usb' } });
    expect(old.stop).not.toHaveBeenCalled();
  });

  it('keeps the old one when the new one is not there', async () => {
    const { capture } = capturing(failure('OverconstrainedError'));
    const old = track(front);
    expect(await switchToCamera(old, 'gone', capture)).toMatchObject({ switched: false, track: old });
  });

  it('lets go of the old one where two cannot be open', async () => {
    const { capture } = capturing(failure('NotReadableError'), main);
    const old = track(front);
    expect(await switchToCamera(old, 'main', capture)).toMatchObject({ switched: true, track: { label: 'main' } });
    expect(old.stop).toHaveBeenCalled();
  });
});
