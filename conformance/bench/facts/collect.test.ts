import { expect, test } from 'vitest';
import { collectFacts } from './collect.ts';

test('without its slow parts a collection counts alone', async () => {
  const lines: string[] = [];
  const { signal } = new AbortController();
  const options = { parts: [], runs: 3, log: (line: string) => void lines.push(line), signal };
  const facts = await collectFacts({ products: ['floor'], ...options });
  expect(facts).toMatchObject([{ kind: 'facts', product: 'floor', buildMs: [], testMs: [], logs: [] }]);
  expect(lines).toEqual(['floor: lines and dependencies']);
});

test('a collection ends when the signal says so', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  const options = { parts: [], runs: 1, log: () => undefined, signal };
  await expect(collectFacts({ products: ['floor'], ...options })).rejects.toThrow('enough');
});
