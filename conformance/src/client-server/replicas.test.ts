import { expect, test } from 'vitest';
import { Replicas } from './replicas.ts';

test('one that refused comes last, and has its turn again after a second', () => {
  let now = 0;
  const replicas = new Replicas(['one', 'two'], () => now);
  replicas.markDown('one');
  expect([replicas.inTurn(), replicas.inTurn()]).toEqual([
    ['two', 'one'],
    ['two', 'one'],
  ]);
  now = 1001;
  expect([replicas.inTurn()[0], replicas.inTurn()[0]].toSorted()).toEqual(['one', 'two']);
});
