import { expect, test } from 'vitest';
import { isIssued, readPosition, type Walk, writeCursor } from './cursors.ts';

const secret = 'a secret of thirty-two characters';
const walk: Walk = { operation: 'listDoctors', accountId: 'ada', filters: ['heart'] };
const id = '0197f3c2-5b1e-7c41-9a50-3f6c2f1b8d01';
const cursor = writeCursor(secret, walk, ['Ana', id]);

test('a cursor says its position to whoever walks the same way', () => {
  expect(readPosition(cursor)).toEqual(['Ana', id]);
  expect(isIssued(secret, walk, cursor)).toBe(true);
});

test('a cursor is good for one operation, account, filter and secret', () => {
  const others: Walk[] = [
    { ...walk, operation: 'listAppointments' },
    { ...walk, accountId: 'eve' },
    { ...walk, filters: ['lungs'] },
    { ...walk, filters: [undefined] },
  ];
  for (const other of others) expect(isIssued(secret, other, cursor)).toBe(false);
  expect(isIssued(`${secret}!`, walk, cursor)).toBe(false);
});

test('a cursor that was changed is none', () => {
  const forged = [`${Buffer.from(JSON.stringify(['Bob', id])).toString('base64url')}.${cursor.split('.')[1]}`];
  for (const text of [...forged, `${cursor}.`, `${cursor}=`, cursor.slice(0, -1), '', '.'])
    expect(isIssued(secret, walk, text), text).toBe(false);
});

test('what holds no position is read as none', () => {
  const wrong = ['', 'x', ...[[], ['Ana'], ['Ana', 'no id'], ['a\0', id], [1.5, id], [null, id]].map(encoded)];
  for (const text of wrong) expect(readPosition(text), text).toBeUndefined();
});

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
