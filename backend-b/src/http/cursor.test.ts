import { describe, expect, it } from 'vitest';
import { createCursors, type CursorScope } from './cursor.ts';

const cursors = createCursors('secret'.repeat(6));
const scope: CursorScope = { operation: 'listDoctors', accountId: 'a', filters: { q: 'x', status: undefined } };

describe('cursors', () => {
  it('give back the position they were made of', () => {
    expect(cursors.read(scope, cursors.write(scope, ['Ünï 👋', 'id']))).toEqual(['Ünï 👋', 'id']);
  });

  it('belong to one operation, account and set of filters', () => {
    const cursor = cursors.write(scope, ['a', 'b']);
    expect(cursors.read({ ...scope, operation: 'listAppointments' }, cursor)).toBeUndefined();
    expect(cursors.read({ ...scope, accountId: 'b' }, cursor)).toBeUndefined();
    expect(cursors.read({ ...scope, filters: {} }, cursor)).toBeUndefined();
    expect(cursors.read({ ...scope, filters: { q: 'x' } }, cursor)).toEqual(['a', 'b']);
  });

  it('cannot be forged, cut or made with another secret', () => {
    const cursor = cursors.write(scope, ['a', 'b']);
    const foreign = createCursors('other'.repeat(7)).write(scope, ['a', 'b']);
    for (const wrong of ['', '.', 'x', cursor.slice(0, -1), `${cursor}.x`, `A${cursor}`, foreign]) {
      expect(cursors.read(scope, wrong)).toBeUndefined();
    }
  });
});
