import { expect, test } from 'vitest';
import { stepsOf } from './steps.ts';
import type { StudyRecord } from './study/records.ts';

async function drawn(seed: number, done: string[] = []) {
  const numbers: Record<string, number> = {};
  const kept: StudyRecord[] = [];
  const steps = stepsOf({ seed, done: new Set(done), keep: (record) => void kept.push(record) });
  for (const name of ['block 1', 'block 2']) await steps.take(name, async (random) => void (numbers[name] = random()));
  return { numbers, kept };
}

test('a part that an earlier run finished is passed over', async () => {
  const { numbers, kept } = await drawn(1, ['block 1']);
  expect(Object.keys(numbers)).toEqual(['block 2']);
  expect(kept).toMatchObject([{ kind: 'step', name: 'block 2' }]);
});

test('a part draws the same numbers whether those before it ran or not', async () => {
  const whole = await drawn(7);
  expect((await drawn(7, ['block 1'])).numbers['block 2']).toBe(whole.numbers['block 2']);
  expect(whole.numbers['block 1']).not.toBe(whole.numbers['block 2']);
  expect((await drawn(8)).numbers['block 2']).not.toBe(whole.numbers['block 2']);
});
