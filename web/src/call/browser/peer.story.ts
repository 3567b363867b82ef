import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whyNoBrowser } from './browsers.ts';
import { peerGrants } from './grants.ts';
import { tellSharedStories } from './shared-stories.ts';
import { expectCall, expectSeen, openStage, type Stage } from './stage.ts';

describe('a call from browser to browser', () => {
  let stage: Stage;
  beforeAll(async () => {
    if (whyNoBrowser === null) stage = await openStage(peerGrants());
  });
  afterAll(() => stage?.close());
  tellSharedStories(
    () => stage,
    () => Promise.resolve(),
  );

  it('a camera and a screen need no new offer', async () => {
    const [doctor, user] = await Promise.all([stage.open('doctor'), stage.open('user')]);
    await Promise.all([doctor.enter(), user.enter()]);
    await expectCall(doctor, user);
    const { offers } = await doctor.seen();
    await user.run('setCamera', false);
    await expectSeen(doctor, { video: false });
    await user.run('setCamera', true);
    await expectCall(doctor, user);
    expect((await doctor.seen()).offers).toBe(offers);
  });

  it('the picture goes on while a backend cannot be reached', async () => {
    const [doctor, user] = await Promise.all([stage.open('doctor'), stage.open('user')]);
    await Promise.all([doctor.enter(), user.enter()]);
    await expectCall(doctor, user);
    stage.relay.cut('user', true);
    // The relay has taken the user for gone by then.
    await expect
      .poll(() => stage.room.eventsOf('doctor').list.at(-1), { timeout: 60_000 })
      .toMatchObject({
        event: 'call.participant-left',
      });
    await expectCall(doctor, user);
    await user.run('setMicrophone', false);
    stage.relay.cut('user', false);
    await expectSeen(doctor, { audio: false });
    await expectCall(doctor, user);
  });

  it('who joins while the other cannot be reached is connected afterwards', async () => {
    const [doctor, user] = await Promise.all([stage.open('doctor'), stage.open('user')]);
    await user.enter();
    await expectSeen(user, { state: 'waiting' });
    stage.relay.cut('user', true);
    await doctor.enter();
    await doctor.page.waitForFunction('performance.now() > 0');
    stage.relay.cut('user', false);
    await expectCall(doctor, user);
  });

  it('who vanishes without a word is not shown any more', async () => {
    const [doctor, user] = await Promise.all([stage.open('doctor'), stage.open('user')]);
    await Promise.all([doctor.enter(), user.enter()]);
    await expectCall(doctor, user);
    await user.page.close();
    await expectSeen(doctor, { state: 'waiting', present: false, hasStream: false });
  });
});
