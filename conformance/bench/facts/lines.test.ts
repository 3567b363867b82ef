import { expect, test } from 'vitest';
import type { ProductName } from '../study/records.ts';
import { linesOf } from './lines.ts';

const floor = linesOf('floor');
const a = linesOf('backend-a');
const b = linesOf('backend-b');

const layersIn = ({ lines }: ReturnType<typeof linesOf>): string[] => lines.map(({ layer }) => layer);

test('backend-a has every layer', () => {
  expect(layersIn(a)).toEqual([
    'http',
    'routes',
    'services',
    'rules',
    'repositories',
    'statements',
    'entities',
    'schema',
    'database',
    'video',
    'other',
  ]);
});

test('backend-b has the schema of Prisma where others have entities', () => {
  expect(layersIn(b)).toEqual(layersIn(a).filter((layer) => layer !== 'entities'));
});

test('the floor has no layers between operations and statements', () => {
  expect(layersIn(floor)).toEqual(['http', 'services', 'statements', 'schema', 'database', 'other']);
});

test.for<[ProductName, ReturnType<typeof linesOf>]>([
  ['floor', floor],
  ['backend-a', a],
  ['backend-b', b],
])('%s is of some thousand lines and has tests', ([, { lines, testLines }]) => {
  const sum = lines.reduce((total, layer) => total + layer.lines, 0);
  expect(sum).toBeGreaterThan(1000);
  expect(sum).toBeLessThan(10_000);
  expect(testLines).toBeGreaterThan(10);
});
