import { expect, test } from 'vitest';
import { applied } from './mutant.ts';
import { mutateTypeScript } from './mutate-typescript.ts';

/** Each change, as `operator: the whole text with it`. */
function changed(text: string): string[] {
  return mutateTypeScript('a.ts', text).map((mutant) => `${mutant.operator}: ${applied(text, mutant)}`);
}

test('a comparison is changed at its boundary, a sum in its sign, a number by one', () => {
  expect(changed('const is = now < opens + 5;')).toEqual([
    'boundary: const is = now <= opens + 5;',
    'arithmetic: const is = now < opens - 5;',
    'number: const is = now < opens + 6;',
  ]);
});

test('a condition that is no comparison is always met, and never', () => {
  expect(changed('if (cancelledAt) throw gone();')).toEqual([
    'condition: if (true) throw gone();',
    'condition: if (false) throw gone();',
  ]);
  expect(changed('if (a === b) throw gone();')).toEqual(['equality: if (a !== b) throw gone();']);
});

test('a call and a return can be left out, a negation and a method changed', () => {
  expect(changed('mustBeOpen(now);')).toEqual(['call left out: ;']);
  expect(changed('await lock(tx);')).toEqual(['call left out: ;']);
  expect(changed('const f = () => { return; };')).toEqual(['return left out: const f = () => { ; };']);
  expect(changed('const is = !all.some(isOpen);')).toEqual([
    'negation: const is = all.some(isOpen);',
    'method: const is = !all.every(isOpen);',
  ]);
  expect(changed('const text = value.toString();')).toEqual([]);
  expect(changed('const key = email.toLowerCase();')).toEqual(['method left out: const key = email;']);
});

test('a pattern loses its anchors', () => {
  expect(changed(String.raw`const key = /^\w+$/;`)).toEqual([
    String.raw`anchor: const key = /\w+$/;`,
    String.raw`anchor: const key = /^\w+/;`,
  ]);
});

test('types, imports and the way back of a migration are passed over', () => {
  expect(changed("import { a } from 'b';\ntype Side = -1 | true;\ninterface Size { of: 5 }")).toEqual([]);
  expect(changed("class M { async down(): Promise<void> { await query('DROP TABLE a'); } }")).toEqual([]);
  expect(changed('const names: Record<number, string> = { 1: one };')).toEqual([]);
});

test('SQL is changed piece by piece, other texts are not', () => {
  const text = 'const statement = `SELECT ${columns} FROM a WHERE id = $1 ${more} LIMIT 5`;';
  expect(changed(text)).toEqual([
    `SQL equality: ${text.replace('=', '=').replace('id = $1', 'id <> $1')}`,
    `SQL number: ${text.replace('5', '6')}`,
  ]);
  expect(changed("const words = 'an answer = 5 AND more';")).toEqual([]);
});

test('a mutant is named by its file, its declaration and its operator, and keeps its line', () => {
  const mutants = mutateTypeScript('a.ts', 'const a = 1;\nfunction open() {\n  return x < 1 && y < 2;\n}');
  expect(mutants.map(({ id, line, before, after }) => [id, line, before, after])).toEqual([
    ['a.ts a number 1', 1, '1', '2'],
    ['a.ts open boundary 1', 3, '<', '<='],
    ['a.ts open number 1', 3, '1', '2'],
    ['a.ts open connective 1', 3, '&&', '||'],
    ['a.ts open boundary 2', 3, '<', '<='],
    ['a.ts open number 2', 3, '2', '3'],
  ]);
});
