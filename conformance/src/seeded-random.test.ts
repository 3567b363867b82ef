import { expect, test } from 'vitest';
import { sampleOf } from './seeded-random.ts';

const items = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

test('a seed gives one sample, and a larger one holds the smaller', () => {
  expect(sampleOf(items, 3, 7)).toEqual(sampleOf(items, 3, 7));
  expect(sampleOf(items, 5, 7).slice(0, 3)).toEqual(sampleOf(items, 3, 7));
  expect(sampleOf(items, 8, 7)).not.toEqual(items);
  expect(sampleOf(items, 8, 7).toSorted()).toEqual(items);
});

test('another seed gives another sample', () => {
  expect(sampleOf(items, 8, 8)).not.toEqual(sampleOf(items, 8, 7));
});

test('a sample that is larger than all is all', () => {
  expect(sampleOf(items, 100, 7)).toHaveLength(8);
});
