// oxlint-disable max-lines-per-function -- a list of stories, as in a test file
import { beforeEach, expect, it } from 'vitest';
import { type Caller, whyNoBrowser } from './browsers.ts';
import { expectCall, expectPicture, expectSeen, type Stage } from './stage.ts';
import { setVisible, stubPhoneCameras, stubScreen } from './stubs.ts';

/** What must hold whatever the provider. Each story has an appointment and pages of its own. */
export function tellSharedStories(stage: () => Stage, endRoom: () => Promise<void>): void {
  let doctor: Caller;
  let user: Caller;

  beforeEach(async ({ skip }) => {
    skip(whyNoBrowser !== null, whyNoBrowser ?? '');
    await stage().clear();
    [doctor, user] = await Promise.all([stage().open('doctor', stubScreen), stage().open('user', stubScreen)]);
  });

  async function call(): Promise<void> {
    await doctor.enter();
    await user.enter();
    await expectCall(doctor, user);
  }

  it('the first one waits, then both see and hear each other', async () => {
    await doctor.enter();
    await expectSeen(doctor, { state: 'waiting', present: false, hasStream: false });
    await user.enter();
    await expectCall(doctor, user);
    await expectSeen(user, { audio: true, video: true, hasSound: true, soundBlocked: false, quality: 'good' });
  });

  it('a camera that is off leaves no frozen picture', async () => {
    await call();
    await user.run('setCamera', false);
    await expectSeen(doctor, { video: false, hasStream: false, audio: true, state: 'connected' });
    expect((await user.seen()).local).toMatchObject({ cameraOn: false, cameraState: null });
    await user.run('setCamera', true);
    await expectPicture(doctor, 'blue');
  });

  it('a microphone that is off is told', async () => {
    await call();
    await doctor.run('setMicrophone', false);
    await expectSeen(user, { audio: false, video: true });
    await doctor.run('setMicrophone', true);
    await expectSeen(user, { audio: true });
  });

  it('both enter with nothing on, and switch it on later', async () => {
    await Promise.all([doctor.run('join'), user.run('join')]);
    await expectSeen(doctor, { state: 'connected', audio: false, video: false, hasStream: false });
    await expectSeen(user, { state: 'connected', audio: false, video: false, hasStream: false });
    await user.run('setCamera', true);
    await expectPicture(doctor, 'blue');
    await doctor.run('setMicrophone', true);
    await expectSeen(user, { audio: true, video: false, hasSound: true });
  });

  it('a screen takes the place of the camera and gives it back', async () => {
    await call();
    await doctor.run('shareScreen', true);
    await expectPicture(user, 'green');
    await expectSeen(user, { screen: true, video: true });
    await doctor.run('shareScreen', false);
    await expectPicture(user, 'red');
    await expectSeen(user, { screen: false, video: true });
  });

  it('a screen is shown with the camera off', async () => {
    await call();
    await doctor.run('setCamera', false);
    await doctor.run('shareScreen', true);
    await expectPicture(user, 'green');
    await doctor.run('shareScreen', false);
    await expectSeen(user, { screen: false, video: false, hasStream: false });
  });

  it('who loads the page anew is back in a moment', async () => {
    await call();
    await user.page.reload();
    await user.page.waitForFunction('window.driver !== undefined');
    await user.enter();
    await expectCall(doctor, user);
    // Below 3 s on a quiet machine; a busy one is given twice that.
    expect((await user.seen()).firstFrameMs).toBeLessThan(6000);
    await doctor.page.reload();
    await doctor.page.waitForFunction('window.driver !== undefined');
    await doctor.enter();
    await expectCall(doctor, user);
  });

  it('another device takes over, and the older one keeps out', async () => {
    await call();
    const phone = await stage().open('user');
    await phone.enter();
    await expectCall(doctor, phone);
    await expectSeen(user, { state: 'ended', endedReason: 'other-device', hasStream: false });
    expect((await user.seen()).local).toMatchObject({ cameraState: null, microphoneState: null });
    await expectSeen(phone, { state: 'connected' });
    await user.run('rejoin');
    await expectCall(doctor, user);
    await expectSeen(phone, { state: 'ended', endedReason: 'other-device' });
  });

  it('who leaves is gone at once, and may come back', async () => {
    await call();
    await user.run('leave');
    await expectSeen(user, { state: 'ended', endedReason: 'left' });
    await expectSeen(doctor, { state: 'waiting', present: false, hasStream: false, hasSound: false });
    expect((await user.seen()).local).toMatchObject({ cameraState: null, microphoneState: null });
    await user.run('rejoin');
    await expectCall(doctor, user);
  });

  it('the doctor ends it for both', async () => {
    await call();
    stage().room.end();
    await endRoom();
    await Promise.all([
      expectSeen(doctor, { state: 'ended', endedReason: 'ended-by-doctor' }),
      expectSeen(user, { state: 'ended', endedReason: 'ended-by-doctor', hasStream: false }),
    ]);
    expect((await doctor.seen()).local).toMatchObject({ cameraState: null, microphoneState: null });
  });

  it('a phone changes between front and main camera without a new offer', async () => {
    await user.page.close();
    user = await stage().open('user', stubPhoneCameras);
    await doctor.enter();
    await user.enter();
    await expectPicture(doctor, 'yellow');
    const before = { doctor: (await doctor.seen()).offers, user: (await user.seen()).offers };
    expect(await user.run('switchCamera')).toBe(true);
    await expectPicture(doctor, 'magenta');
    expect((await user.seen()).local).toMatchObject({ camera: 'main', facing: 'environment' });
    await user.page.evaluate("window.brokenCamera = 'front'");
    expect(await user.run('switchCamera')).toBe(false);
    await expectPicture(doctor, 'magenta');
    expect(await user.seen()).toMatchObject({
      notice: { kind: 'camera', reason: 'restored' },
      local: { camera: 'main', cameraFailure: { kind: 'in-use' } },
    });
    expect({ doctor: (await doctor.seen()).offers, user: (await user.seen()).offers }).toEqual(before);
  });

  it('a camera that the system took away comes back with the page', async () => {
    await call();
    await setVisible(user.page, false);
    await user.run('stopCameraUnderneath');
    await expectSeen(doctor, { video: false, hasStream: false });
    expect((await user.seen()).local.cameraOn).toBe(true);
    await setVisible(user.page, true);
    await expectPicture(doctor, 'blue');
    await expectSeen(doctor, { video: true });
  });
}
