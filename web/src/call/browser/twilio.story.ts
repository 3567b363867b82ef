import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whyNoBrowser } from './browsers.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { twilioGrants, twilioPost } from './grants.ts';
import { tellSharedStories } from './shared-stories.ts';
import { expectCall, expectSeen, openStage, type Stage } from './stage.ts';

describe('a call through Twilio', () => {
  let stage: Stage;
  let emulator: Emulator;
  beforeAll(async () => {
    if (whyNoBrowser !== null) return;
    emulator = await startEmulator();
    stage = await openStage(twilioGrants(emulator.access), { signalling: emulator.signalling });
  });
  afterAll(async () => {
    await stage?.close();
    await emulator?.stop();
  });

  const completeRoom = async (): Promise<void> =>
    void (await twilioPost(emulator.access, `Rooms/${stage.roomName}`, { Status: 'completed' }));
  tellSharedStories(() => stage, completeRoom);

  it('a broken socket shows as reconnecting, and mends by itself', async () => {
    const [doctor, user] = await Promise.all([stage.open('doctor'), stage.open('user')]);
    await Promise.all([doctor.enter(), user.enter()]);
    await expectCall(doctor, user);
    await emulator.control('dropSockets', { room: stage.roomName, identity: 'user' });
    await expect.poll(async () => (await user.seen()).states, { timeout: 60_000 }).toContain('reconnecting');
    await expectCall(doctor, user);
  });

  it('a room that vanished is followed by another', async () => {
    const [doctor, user] = await Promise.all([stage.open('doctor'), stage.open('user')]);
    await Promise.all([doctor.enter(), user.enter()]);
    await expectCall(doctor, user);
    await emulator.control('vanish', { room: stage.roomName });
    await expect.poll(async () => (await user.seen()).states, { timeout: 60_000 }).toContain('reconnecting');
    await expectCall(doctor, user);
  });

  it('a room that is completed without a word ends the call', async () => {
    const [doctor, user] = await Promise.all([stage.open('doctor'), stage.open('user')]);
    await Promise.all([doctor.enter(), user.enter()]);
    await expectCall(doctor, user);
    await completeRoom();
    await expectSeen(user, { state: 'ended', endedReason: 'call-over' });
    await expectSeen(doctor, { state: 'ended', endedReason: 'call-over' });
  });
});
