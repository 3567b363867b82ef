import { expect, test } from 'vitest';
import { edgesOf, type Lock, resolveFrom } from './lock.ts';
import { reach } from './lock-tree.ts';

const lock: Lock = {
  packages: {
    '': {},
    product: { dependencies: { framework: '1', shared: '1' }, devDependencies: { tester: '1' } },
    shared: { devDependencies: { generator: '1' } },
    'node_modules/shared': { resolved: 'shared', link: true },
    'node_modules/framework': { dependencies: { parser: '1' }, peerDependencies: { plugin: '1' } },
    'node_modules/framework/node_modules/parser': { dependencies: { text: '1' } },
    'node_modules/parser': {},
    'node_modules/plugin': { devDependencies: { tester: '1' } },
    'node_modules/text': { dependencies: { framework: '1' } },
    'node_modules/tester': {},
    'product/node_modules/tester': {},
  },
};

test('a name is searched from the nearest node_modules upwards', () => {
  expect(resolveFrom(lock, 'node_modules/framework', 'parser')).toBe('node_modules/framework/node_modules/parser');
  expect(resolveFrom(lock, 'node_modules/framework/node_modules/parser', 'text')).toBe('node_modules/text');
  expect(resolveFrom(lock, 'node_modules/text', 'parser')).toBe('node_modules/parser');
  expect(resolveFrom(lock, 'product', 'tester')).toBe('product/node_modules/tester');
  expect(resolveFrom(lock, '', 'tester')).toBe('node_modules/tester');
  expect(resolveFrom(lock, '', 'nothing')).toBe(undefined);
});

test('a link leads to the folder of its workspace', () => {
  expect(resolveFrom(lock, 'product', 'shared')).toBe('shared');
});

test('edges say why a package is named', () => {
  const entry = {
    dependencies: { one: '1', two: '1' },
    optionalDependencies: { two: '1' },
    peerDependencies: { three: '1', four: '1' },
    peerDependenciesMeta: { four: { optional: true } },
    devDependencies: { five: '1' },
  };
  expect(edgesOf(entry)).toEqual([
    { name: 'one', kind: 'needed' },
    { name: 'two', kind: 'optional' },
    { name: 'three', kind: 'peer' },
    { name: 'four', kind: 'optional peer' },
    { name: 'five', kind: 'developed with' },
  ]);
});

test('circles end, and of packages nothing for development comes', () => {
  expect([...reach(lock, [{ folder: 'product' }], () => true)].toSorted()).toEqual([
    'node_modules/framework',
    'node_modules/framework/node_modules/parser',
    'node_modules/plugin',
    'node_modules/text',
    'product/node_modules/tester',
    'shared',
  ]);
});

test('a lock without what is needed is refused', () => {
  const broken = { packages: { product: { dependencies: { nothing: '1' } } } };
  expect(() => reach(broken, [{ folder: 'product' }], () => true)).toThrow(
    'package-lock.json has no nothing for product',
  );
});
