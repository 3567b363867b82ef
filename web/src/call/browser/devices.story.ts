// oxlint-disable max-lines-per-function -- a list of stories, as in a test file
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPages } from './build-pages.ts';
import { type Caller, launch, openPage, whyNoBrowser } from './browsers.ts';
import { peerGrants } from './grants.ts';
import { newRoomName, type Relay, startRelay } from './relay.ts';
import { expectSeen, patience } from './stage.ts';
import { setVisible } from './stubs.ts';

describe.skipIf(whyNoBrowser !== null)('camera and microphone', () => {
  let relay: Relay;
  const browsers: Browser[] = [];
  beforeAll(async () => {
    relay = await startRelay(await buildPages(), peerGrants());
  });
  afterAll(async () => {
    await Promise.all(browsers.map((browser) => browser.close()));
    await relay?.stop();
  });

  async function open(camera: Parameters<typeof launch>[0], account = 'user'): Promise<Caller> {
    const browser = await launch(camera);
    browsers.push(browser);
    return openPage(browser, `${relay.origin}/page.html?room=${newRoomName()}&account=${account}`);
  }

  it('are off until they are asked for, each on its own', async () => {
    const page = await open('pattern');
    expect((await page.seen()).local).toMatchObject({ cameraState: null, microphoneState: null });
    expect(await page.run('startMicrophone')).toBe(true);
    expect((await page.seen()).local).toMatchObject({ cameraState: null, microphoneState: 'live' });
    await expect.poll(async () => (await page.seen()).local.level, patience).toBeGreaterThan(0);
    expect(await page.run('startCamera')).toBe(true);
    await expect.poll(async () => (await page.seen()).cameras.length, patience).toBe(3);
  });

  it('a chosen camera is remembered, and one that is pulled is replaced with a word', async () => {
    const page = await open('pattern');
    await page.run('startCamera');
    await expect.poll(async () => (await page.seen()).cameras.length, patience).toBe(3);
    const third = (await page.seen()).cameras[2] ?? '';
    expect(await page.run('startCamera', third)).toBe(true);
    await expectSeen(page, { chosenCamera: third });
    await page.page.reload();
    await page.page.waitForFunction('window.driver !== undefined');
    await page.run('startCamera');
    expect((await page.seen()).local.camera).toBe(third);
    await page.page.evaluate(pullOut, third);
    await page.run('stopCameraUnderneath');
    await expect
      .poll(async () => (await page.seen()).notice, patience)
      .toMatchObject({ kind: 'camera', reason: 'unplugged' });
    expect((await page.seen()).local).toMatchObject({ cameraOn: true, cameraState: 'live' });
    expect((await page.seen()).local.camera).not.toBe(third);
  });

  it('a missing one is told, and the call is possible without', async () => {
    const page = await open('none');
    expect(await page.run('startCamera')).toBe(false);
    expect((await page.seen()).local.cameraFailure).toMatchObject({ kind: 'none-found', device: 'camera' });
    await page.run('join');
    await expectSeen(page, { state: 'waiting' });
  });

  it('a refused one is told with the way out', async () => {
    const page = await open('denied');
    expect(await page.run('startCamera')).toBe(false);
    expect((await page.seen()).local.cameraFailure).toMatchObject({
      kind: 'denied',
      wayOutKey: 'call.media.denied.way.chrome-laptop',
    });
  });

  it('the screen stays awake during a call, and again after the page was hidden', async () => {
    const page = await open('pattern');
    await page.page.evaluate(watchWakeLocks);
    await page.run('join');
    await expect.poll(async () => (await page.seen()).local.awake, patience).toBe(true);
    await setVisible(page.page, false);
    await page.page.evaluate('wakeLocks.at(-1).release()');
    await expectAwake(page, false);
    await setVisible(page.page, true);
    await expectAwake(page, true);
    expect(await page.page.evaluate('wakeLocks.length')).toBe(2);
  });
});

async function expectAwake(page: Caller, isAwake: boolean): Promise<void> {
  await expect.poll(async () => (await page.seen()).local.awake, patience).toBe(isAwake);
}

/** A headless page is never hidden, so the browser does not take its lock away by itself. */
function watchWakeLocks(): void {
  const locks: WakeLockSentinel[] = [];
  const request = navigator.wakeLock.request.bind(navigator.wakeLock);
  navigator.wakeLock.request = async (type) => {
    const lock = await request(type);
    locks.push(lock);
    return lock;
  };
  Object.assign(window, { wakeLocks: locks });
}

/** Fake cameras cannot be pulled, so getUserMedia is told that this one is gone. */
function pullOut(deviceId: string): void {
  const { getUserMedia } = navigator.mediaDevices;
  navigator.mediaDevices.getUserMedia = (constraints) => {
    if (JSON.stringify(constraints).includes(deviceId))
      return Promise.reject(Object.assign(new Error('gone'), { name: 'OverconstrainedError' }));
    return getUserMedia.call(navigator.mediaDevices, constraints);
  };
}
