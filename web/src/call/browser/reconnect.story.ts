import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Caller, whyNoBrowser } from './browsers.ts';
import { peerGrants } from './grants.ts';
import { expectCall, openStage, type Stage } from './stage.ts';
import { TurnServer } from './turn-server.ts';

const long = { timeout: 60_000, interval: 100 };

describe('a call whose network breaks', { timeout: 150_000 }, () => {
  let stage: Stage;
  let turn: TurnServer;
  let doctor: Caller;
  let user: Caller;

  beforeAll(async () => {
    if (whyNoBrowser !== null) return;
    turn = await TurnServer.start();
    stage = await openStage(peerGrants(() => turn.iceServers));
  });
  afterAll(async () => {
    await stage?.close();
    turn?.pull();
  });
  beforeEach(async ({ skip }) => {
    skip(whyNoBrowser !== null, whyNoBrowser ?? '');
    await stage.clear();
    [doctor, user] = await Promise.all([stage.open('doctor'), stage.open('user')]);
    await Promise.all([doctor.enter(), user.enter()]);
    await expectCall(doctor, user);
  });

  it('is mended over another way, without a click', async () => {
    const { attempt } = lastOffer();
    turn.pull();
    await expect.poll(async () => (await doctor.seen()).state, long).toBe('reconnecting');
    await expect.poll(async () => (await user.seen()).state, long).toBe('reconnecting');
    turn.plugIn();
    await expectCall(doctor, user);
    expect(lastOffer().attempt).toBe(attempt);
  });

  it('begins a new epoch when mending does not help', async () => {
    const { attempt } = lastOffer();
    turn.pull();
    await expect.poll(() => lastOffer().attempt, long).not.toBe(attempt);
    turn.plugIn();
    await expect.poll(async () => (await doctor.seen()).state, long).toBe('connected');
    await expectCall(doctor, user);
  });

  it('looks for another way when the browser is online again', async () => {
    const before = lastOffer();
    await user.page.evaluate("window.dispatchEvent(new Event('online'))");
    await expect.poll(() => lastOffer().revision, long).toBeGreaterThan(before.revision);
    await expectCall(doctor, user);
    expect(lastOffer().attempt).toBe(before.attempt);
  });

  function lastOffer(): { attempt: string; revision: number } {
    return stage.room.signals.findLast(({ type }) => type === 'offer')?.data as { attempt: string; revision: number };
  }
});
