import { expect, it } from 'vitest';
import { createStatementNames } from './statement-names.ts';

it('names a statement by its comment', () => {
  expect(createStatementNames()({ sql: '/* find_caller */ SELECT $1', args: [1] })).toBe('find_caller');
});

it('gives the same text the same name, and another text another', () => {
  const nameOf = createStatementNames();
  const names = ['SELECT $1', 'SELECT $1 + 1', 'SELECT $1'].map((sql) => nameOf({ sql, args: [1] }));
  expect(names).toEqual(['orm_1', 'orm_2', 'orm_1']);
});

it('leaves unnamed what has no parameters', () => {
  expect(createStatementNames()({ sql: 'COMMIT', args: [] })).toBe('');
});

it('keeps no more names than a connection can hold', () => {
  const nameOf = createStatementNames();
  const names = Array.from({ length: 400 }, (_, index) => nameOf({ sql: `SELECT $1 + ${index}`, args: [1] }));
  expect(new Set(names).size).toBe(301);
  expect(nameOf({ sql: 'SELECT $1 + 7', args: [1] })).toBe('orm_8');
});
