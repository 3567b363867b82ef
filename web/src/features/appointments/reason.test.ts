import { expect, test } from 'vitest';
import { reasonLeft, reasonToSend } from './reason.ts';

test('characters are counted as people see them, not as they are stored', () => {
  expect([reasonLeft(''), reasonLeft('🩹'.repeat(500)), reasonLeft('x'.repeat(501))]).toEqual([500, 0, -1]);
});

test('white space alone is no reason, other text stays as typed', () => {
  expect([reasonToSend(''), reasonToSend(' \n\u3000'), reasonToSend(' cough ')]).toEqual([
    {},
    {},
    { reason: ' cough ' },
  ]);
});
