import { existsSync } from 'node:fs';
import { rules } from '@duet/contract/rules';
import { expect, test } from 'vitest';
import { loadFaults } from './catalogue.ts';
import { isWrapped } from './declare.ts';

const faults = await loadFaults();

test('every fault is of a rule, and so are its neighbours', () => {
  const named = faults.flatMap(({ rule, neighbours = [], seenIn = [] }) => [rule, ...neighbours, ...seenIn]);
  expect(named.filter((id) => !(id in rules))).toEqual([]);
});

test('no fault has more than three neighbours, or itself for one', () => {
  const wrong = faults.filter(({ rule, neighbours = [] }) => neighbours.length > 3 || neighbours.includes(rule));
  expect(wrong.map(({ rule, name }) => `${rule} ${name}`)).toEqual([]);
});

test('no two faults of a rule have one name or one description', () => {
  const keys = faults.flatMap(({ rule, name, describe }) => [`${rule} ${name}`, `${rule}: ${describe}`]);
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test('every fault has a lie, or a wrapper that exists', () => {
  const empty = faults.filter((fault) =>
    isWrapped(fault) ? !existsSync(fault.wrapper) : !fault.override && !fault.intercept,
  );
  expect(empty.map(({ rule, name }) => `${rule} ${name}`)).toEqual([]);
});

test('every rule has a fault', () => {
  const proven = new Set<string>(faults.map(({ rule }) => rule));
  expect(Object.keys(rules).filter((id) => !proven.has(id))).toEqual([]);
});
