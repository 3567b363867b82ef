import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whyNoBrowser } from './browsers.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { peerGrants, twilioGrants } from './grants.ts';
import { expectCall, expectSeen, openStage, type Stage } from './stage.ts';

/** How often each provider connects anew; 20 where the figures are wanted. */
const times = Number(process.env['CALL_REPEATS'] ?? 3);

describe.skipIf(whyNoBrowser !== null).each(['peer', 'twilio'] as const)('connecting by %s', (provider) => {
  let stage: Stage;
  let emulator: Emulator | undefined;
  const firstFrames: number[] = [];
  let connected = 0;

  beforeAll(async () => {
    if (provider === 'twilio') emulator = await startEmulator();
    stage = await (emulator
      ? openStage(twilioGrants(emulator.access), { signalling: emulator.signalling })
      : openStage(peerGrants()));
  });
  afterAll(async () => {
    await stage.close();
    await emulator?.stop();
    process.stdout.write(
      `${provider}: connected ${connected} of ${times}, ${median(firstFrames)} ms to the first frame\n`,
    );
  });

  it.each(Array.from({ length: times }, (_, turn) => turn))('turn %i', async (turn) => {
    await stage.clear();
    const [doctor, user] = await Promise.all([stage.open('doctor'), stage.open('user')]);
    const [first, second] = turn % 2 === 0 ? [doctor, user] : [user, doctor];
    if (turn % 3 === 2) await Promise.all([first.enter(), second.enter()]);
    else {
      await first.enter();
      await expectSeen(first, { state: 'waiting' });
      await second.enter();
    }
    await expectCall(doctor, user);
    const { firstFrameMs } = await second.seen();
    expect(firstFrameMs).not.toBeNull();
    firstFrames.push(firstFrameMs ?? 0);
    connected += 1;
  });
});

function median(values: number[]): number | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return middle === undefined ? undefined : Math.round(middle);
}
