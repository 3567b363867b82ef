import { describe, expect, it } from 'vitest';
import { createLanes } from './lanes.ts';

describe('lanes', () => {
  it('run work of one key in turn, also after a failure', async () => {
    const inTurn = createLanes();
    const story: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      story.push(`${name} begins`);
      await Promise.resolve();
      story.push(`${name} ends`);
      if (name === 'a') throw new Error(name);
    };
    const results = await Promise.allSettled([inTurn('k', work('a')), inTurn('k', work('b'))]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(story).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('run work of different keys side by side', async () => {
    const inTurn = createLanes();
    const { promise, resolve } = Promise.withResolvers<void>();
    const first = inTurn('a', () => promise);
    await inTurn('b', async () => resolve());
    await first;
  });
});
