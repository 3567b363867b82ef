import type { Page } from 'playwright-core';

/** Gives the page a screen to share: a green canvas, since a headless browser has none of its own. */
export async function stubScreen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    navigator.mediaDevices.getDisplayMedia = () => Promise.resolve(paintedStream('rgb(0, 255, 0)', 640, 400));

    function paintedStream(colour: string, width: number, height: number): MediaStream {
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const context = canvas.getContext('2d');
      let turn = 0;
      setInterval(() => {
        turn += 1;
        if (!context) return;
        context.fillStyle = colour;
        context.fillRect(0, 0, width, height);
        context.fillStyle = 'white';
        context.fillRect((turn * 7) % width, height - 10, 20, 10);
      }, 50);
      return canvas.captureStream(20);
    }
  });
}

/**
 * Makes the page a phone: a front camera (yellow) and a main camera (magenta), of which one can be open at a time, as
 * fake cameras cannot be. `window.brokenCamera = 'main'` makes one fail.
 */
export async function stubPhoneCameras(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const cameras = [
      { deviceId: 'front', facingMode: 'user', colour: 'rgb(255, 255, 0)' },
      { deviceId: 'main', facingMode: 'environment', colour: 'rgb(255, 0, 255)' },
    ];
    let open: MediaStreamTrack | null = null;
    const { getUserMedia } = navigator.mediaDevices;
    navigator.mediaDevices.enumerateDevices = () =>
      Promise.resolve(
        cameras.map(
          ({ deviceId }) => ({ deviceId, kind: 'videoinput', label: deviceId, groupId: '' }) as MediaDeviceInfo,
        ),
      );
    navigator.mediaDevices.getUserMedia = async (constraints = {}) => {
      if (!constraints.video) return getUserMedia.call(navigator.mediaDevices, constraints);
      const camera = chosen(constraints.video as MediaTrackConstraints);
      if (!camera) throw new DOMException('none fits', 'OverconstrainedError');
      if (camera.deviceId === (window as { brokenCamera?: string }).brokenCamera || open?.readyState === 'live')
        throw new DOMException('in use', 'NotReadableError');
      return opened(camera);
    };

    function chosen({ deviceId, facingMode }: MediaTrackConstraints): (typeof cameras)[number] | undefined {
      const exactId = exactOf(deviceId);
      if (exactId) return cameras.find((camera) => camera.deviceId === exactId);
      const exactFacing = exactOf(facingMode);
      return cameras.find((camera) => camera.facingMode === (exactFacing ?? facingMode ?? 'user'));
    }

    function exactOf(constraint: ConstrainDOMString | undefined): string | undefined {
      return typeof constraint === 'object' && 'exact' in constraint ? String(constraint.exact) : undefined;
    }

    function opened({ deviceId, facingMode, colour }: (typeof cameras)[number]): MediaStream {
      const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 });
      const context = canvas.getContext('2d');
      let turn = 0;
      setInterval(() => {
        turn += 1;
        if (!context) return;
        context.fillStyle = colour;
        context.fillRect(0, 0, 320, 240);
        context.fillStyle = 'white';
        context.fillRect((turn * 7) % 320, 230, 20, 10);
      }, 50);
      const stream = canvas.captureStream(20);
      const [track] = stream.getVideoTracks();
      if (!track) throw new Error('a canvas has a track');
      track.getSettings = () => ({ deviceId, facingMode });
      open = track;
      return stream;
    }
  });
}

/** Headless pages stay visible whatever happens, so the page is told otherwise. */
export async function setVisible(page: Page, isVisible: boolean): Promise<void> {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    isVisible ? 'visible' : 'hidden',
  );
}
