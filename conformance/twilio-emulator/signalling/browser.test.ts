import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTwilioEmulator, type TwilioEmulator } from '../emulator.ts';
import { type Caller, type CallBrowsers, startBrowsers, whyNoBrowser } from '../testing/call-browser.ts';
import { restClient } from '../testing/rest-client.ts';
import { tokenFor } from '../testing/tokens.ts';

const patience = { timeout: 15_000, interval: 50 };
const room = 'consultation';
let emulator: TwilioEmulator;
let browsers: CallBrowsers;
let doctor: Caller;
let user: Caller;

beforeAll(async () => {
  if (whyNoBrowser !== null) return;
  emulator = await startTwilioEmulator();
  browsers = await startBrowsers(2);
  [doctor, user] = [await browsers.open(0), await browsers.open(1)];
  await restClient(emulator)('POST', '/v1/Rooms', { UniqueName: room, Type: 'group', MaxParticipants: '2' });
}, 30_000);
afterAll(async () => {
  await browsers?.close();
  await emulator?.stop();
});

function join(caller: Caller, identity: string): Promise<'joined' | number> {
  return caller.join(tokenFor(emulator.account, { identity, room }), room, emulator.signallingUrl);
}

/** A picture that moves: wide, and with more frames than a moment ago. */
async function expectVideo(caller: Caller): Promise<void> {
  await expect.poll(async () => (await caller.seen()).width, patience).toBeGreaterThan(0);
  const { frames } = await caller.seen();
  await expect.poll(async () => (await caller.seen()).frames, patience).toBeGreaterThan(frames);
}

async function expectEvents(caller: Caller, ...names: string[]): Promise<void> {
  await expect.poll(() => caller.events(), patience).toEqual(expect.arrayContaining(names));
}

// One call from its beginning to its end: each test goes on where the last one stopped.
describe("two browsers with Twilio's own SDK", { timeout: 30_000 }, () => {
  beforeEach(({ skip }) => skip(whyNoBrowser !== null, whyNoBrowser ?? ''));

  it('see each other', async () => {
    expect(await join(doctor, 'doctor')).toBe('joined');
    expect(await join(user, 'user')).toBe('joined');
    await Promise.all([expectVideo(doctor), expectVideo(user)]);
    await expectEvents(doctor, 'participantConnected user', 'trackSubscribed audio', 'trackSubscribed video');
    expect(await emulator.control.listRooms()).toMatchObject([
      {
        participants: [
          { identity: 'doctor', hasBrowser: true },
          { identity: 'user', hasBrowser: true },
        ],
      },
    ]);
  });

  it('tell each other that a camera is off and on', async () => {
    await user.setCamera(false);
    await expectEvents(doctor, 'trackDisabled video');
    await user.setCamera(true);
    await expectEvents(doctor, 'trackEnabled video');
  });

  it('let nobody else in', async () => {
    const third = await browsers.open(0);
    expect(await join(third, 'visitor')).toBe(53105);
    await third.page.close();
  });

  it('keep their picture while a socket breaks and comes back', async () => {
    const { open } = await doctor.seen();
    expect(await emulator.control.dropSockets({ room, identity: 'user' })).toEqual({ dropped: 1 });
    await expectEvents(user, 'reconnecting 53001', 'reconnected');
    await expectEvents(doctor, 'participantReconnecting user', 'participantReconnected user');
    await Promise.all([expectVideo(doctor), expectVideo(user)]);
    expect((await doctor.seen()).open).toBe(open);
  });

  it('get a new connection when a socket was away for long', async () => {
    await user.page.context().setOffline(true);
    await emulator.control.dropSockets({ room, identity: 'user' });
    await expect.poll(async () => (await doctor.seen()).open, patience).toBe(0);
    expect((await emulator.control.listRooms())[0]?.participants[1]?.status).toBe('reconnecting');
    await user.page.context().setOffline(false);
    await Promise.all([expectVideo(doctor), expectVideo(user)]);
    expect(await doctor.events()).not.toContain('reconnecting 53405');
  });

  it('hand over to another device of the same person', async () => {
    const phone = await browsers.open(1);
    expect(await join(phone, 'user')).toBe('joined');
    await expectEvents(user, 'disconnected 53205');
    await Promise.all([expectVideo(doctor), expectVideo(phone)]);
    await user.page.close();
    user = phone;
  });

  it('part and meet again', async () => {
    await user.page.close();
    await expect.poll(async () => (await doctor.seen()).open, patience).toBe(0);
    user = await browsers.open(1);
    expect(await join(user, 'user')).toBe('joined');
    await Promise.all([expectVideo(doctor), expectVideo(user)]);
  });

  it('are told when the room is completed', async () => {
    await restClient(emulator)('POST', `/v1/Rooms/${room}`, { Status: 'completed' });
    await Promise.all([expectEvents(doctor, 'disconnected 53118'), expectEvents(user, 'disconnected 53118')]);
    const late = await browsers.open(1);
    expect(await join(late, 'user')).toBe(53106);
  });
});
