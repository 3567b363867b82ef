import { describe, expect, it } from 'vitest';
import { createSpecimen } from '../specimen/specimen.ts';
import { probeTarget } from '../src/target.ts';
import { findDivergences } from './differential.ts';
import { createInProcess } from './in-process.ts';
import { lieOf } from './lie-of.ts';
import { createTargetSystem } from './target-system.ts';

const honest = (name: string) => createInProcess(name, undefined);
const beginning = Date.parse('2027-03-01T08:00:00Z');

let marks = 0;

function options(changes: { seed?: number; runs?: number; hasClock?: boolean; now?: () => number } = {}) {
  return {
    seed: 1,
    runs: 10,
    steps: 14,
    most: 1,
    hasClock: true,
    mark: () => `mark${String((marks += 1)).padStart(8, '0')}`,
    now: () => beginning,
    ...changes,
  };
}

describe('a good server', { timeout: 30_000 }, () => {
  it('is never told from the model', async () => {
    expect(await findDivergences([honest('a')], options())).toEqual([]);
  });

  it('is never told from the model by real time', async () => {
    expect(await findDivergences([honest('a')], options({ hasClock: false, runs: 8, now: Date.now }))).toEqual([]);
  });

  it('is never told from another one, or from itself', async () => {
    const one = honest('a');
    expect(await findDivergences([one, honest('b')], options({ seed: 500, runs: 6 }))).toEqual([]);
    expect(await findDivergences([one, one], options({ seed: 600, runs: 3 }))).toEqual([]);
  });

  it('is never told from the model over HTTP', async () => {
    const specimen = await createSpecimen({ inviteCode: 'welcome' });
    const { urls } = specimen;
    const about = { name: 'specimen', urls, inviteCode: 'welcome', basePath: '', headers: {}, timeoutMs: 5_000 };
    const target = await probeTarget(about);
    expect(await findDivergences([createTargetSystem(target)], options({ seed: 700, runs: 4 }))).toEqual([]);
    await specimen.stop();
  });
});

describe('a faulty server', { timeout: 30_000 }, () => {
  it.each([
    ['appointments/no-overlap users-free'],
    ['appointments/idempotency-key any-body'],
    ['messages/read-mark moves-back'],
    ['sessions/logout all-revoked'],
    ['events/audience message-to-other-alone'],
  ])('is told from a good one in at most 8 steps: %s', async (key) => {
    const [first] = await findDivergences([honest('a'), createInProcess('b', lieOf(key))], options({ runs: 60 }));
    expect(first?.divergence.verdict).toEqual({ kind: 'wrong', target: 'b' });
    expect(first?.divergence.steps.length).toBeLessThanOrEqual(8);
  });

  it('is told apart in the same way by the same seed', async () => {
    const once = () =>
      findDivergences([createInProcess('a', lieOf('appointments/no-overlap users-free'))], options({ runs: 60 }));
    const [one, other] = [await once(), await once()];
    expect(one.length).toBeGreaterThan(0);
    expect(one[0]?.divergence.steps).toEqual(other[0]?.divergence.steps);
  });

  it('leaves a gap when both have the same fault', async () => {
    const lie = lieOf('appointments/no-overlap users-free');
    const targets = [createInProcess('a', lie), createInProcess('b', lie)];
    const [first] = await findDivergences(targets, options({ runs: 60 }));
    expect(first?.divergence.verdict).toEqual({ kind: 'gap' });
  });
});
