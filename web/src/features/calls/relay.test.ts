import { expect, it } from 'vitest';
import { createRelay } from './relay.ts';

it('keeps what comes before somebody listens, in order', () => {
  const relay = createRelay<number>();
  const heard: number[] = [];
  relay.push(1);
  relay.push(2);
  const stop = relay.listen((item) => heard.push(item));
  relay.push(3);
  stop();
  relay.push(4);
  relay.clear();
  relay.listen((item) => heard.push(item));
  expect(heard).toEqual([1, 2, 3]);
});
