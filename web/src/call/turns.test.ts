import { expect, it } from 'vitest';
import { inTurns } from './turns.ts';

it('runs one step after the other, also after a failure', async () => {
  const turns = inTurns();
  const seen: string[] = [];
  const first = turns(async () => {
    await Promise.resolve();
    seen.push('first');
    throw new Error('no');
  });
  const second = turns(async () => {
    seen.push('second');
    return 2;
  });
  await expect(first).rejects.toThrow('no');
  expect(await second).toBe(2);
  expect(seen).toEqual(['first', 'second']);
});
