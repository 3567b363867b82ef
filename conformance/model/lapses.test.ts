import { expect, it } from 'vitest';
import { withLapsesInOrder } from './lapses.ts';

const left = (id: string, accountId: string) => ({ id, event: 'call.participant-left', data: { accountId } });
const ended = { id: '4', event: 'call.ended', data: {} };

it('tells two lapses of one write by account', () => {
  const expected = [left('2', 'doctor 1'), left('3', 'user 1'), ended];
  expect(withLapsesInOrder([left('2', 'user 1'), left('3', 'doctor 1'), ended])).toEqual(expected);
  expect(withLapsesInOrder(expected)).toEqual(expected);
});
