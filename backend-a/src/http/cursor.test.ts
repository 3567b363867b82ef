import { expect, test } from 'vitest';
import { cursorsWith, placesOfCursor } from './cursor.ts';

const cursors = cursorsWith('0123456789abcdef0123456789abcdef');
const scope = ['listDoctors', 'account', 'heart'];
const cursor = cursors.issue(scope, ['Zoë 👩🏽‍⚕️', 'id']);

test('a cursor gives back its position', () => {
  expect(cursors.read(scope, cursor)).toEqual(['Zoë 👩🏽‍⚕️', 'id']);
});

test('a cursor is good wherever the secret is the same', () => {
  expect(cursorsWith('0123456789abcdef0123456789abcdef').read(scope, cursor)).toBeDefined();
  expect(cursorsWith('another secret of some length 32').read(scope, cursor)).toBeUndefined();
});

test.each([
  ['listAppointments', 'account', 'heart'],
  ['listDoctors', 'other', 'heart'],
  ['listDoctors', 'account', 'hear'],
  ['listDoctors', 'account', null],
])('a cursor of another query is refused: %s %s %s', (...other) => {
  expect(cursors.read(other, cursor)).toBeUndefined();
});

test.each(['', '.', 'abc', `${cursor}x`, `x${cursor}`, `${cursor}.`, `${cursor}=`, cursor.slice(0, -1)])(
  'a forged cursor is refused: %s',
  (forged) => {
    expect(cursors.read(scope, forged)).toBeUndefined();
    expect(placesOfCursor(cursors, scope, forged)).toMatchObject([{ in: 'query', pointer: '/cursor' }]);
  },
);

test('no cursor is no error', () => {
  expect(placesOfCursor(cursors, scope, undefined)).toEqual([]);
});
