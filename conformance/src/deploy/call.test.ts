import { describe, expect, it } from 'vitest';
import { signalProblems } from './call.ts';

const came = (...clientIds: string[]) =>
  clientIds.map((clientId, index) => ({
    id: String(index + 1),
    event: 'call.signal',
    data: { clientId },
    cameAt: index,
  }));

describe('signalProblems', () => {
  it('finds none when each came once in order, whatever came besides', () => {
    const others = [{ id: '9', event: 'message.created', data: {}, cameAt: 0 }];
    expect(signalProblems(['a', 'b'], [...came('a', 'x', 'b'), ...others])).toEqual([]);
  });

  it.each([
    ['a lost one', ['a'], ['never got signal b']],
    ['a doubled one', ['a', 'b', 'b'], ['got 1 signals more than once']],
    ['another order', ['b', 'a'], ['got signals in another order']],
  ])('tells %s', (_, clientIds, problems) => {
    expect(signalProblems(['a', 'b'], came(...clientIds))).toEqual(problems);
  });
});
