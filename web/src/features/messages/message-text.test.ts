import { expect, test } from 'vitest';
import { charactersLeft, isSendable } from './message-text.ts';

test('emoji count as one character', () => {
  expect([charactersLeft('🩹'), charactersLeft('x'.repeat(4001))]).toEqual([3999, -1]);
});

test('only what the backend takes can be sent', () => {
  const texts = ['a', ' a ', '', ' \n\u2003', 'x'.repeat(4000), 'x'.repeat(4001), '\ud83e', 'a\u0000'];
  expect(texts.map(isSendable)).toEqual([true, true, false, false, true, false, false, false]);
});
