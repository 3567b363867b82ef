import { expect, it } from 'vitest';
import { initialsOf } from './initials.ts';

it('takes the first and the last name, without titles', () => {
  expect(['Dr. Ana Novak', 'Prof. Dr. Li', 'Dr.', 'ana', 'أحمد علي', '🙂', 'João da Silva'].map(initialsOf)).toEqual([
    'AN',
    'L',
    'D',
    'A',
    'أع',
    '?',
    'JS',
  ]);
});
