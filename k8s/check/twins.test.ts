import { expect, test } from 'vitest';
import type { Build, Manifest } from './manifest.ts';
import { differencesOfTwins } from './twins.ts';

const build = (letter: string, more: object = {}): Build => {
  const database: Manifest = {
    apiVersion: 'v1',
    kind: 'Cluster',
    metadata: { name: `database-${letter}` },
    spec: { image: `duet/backend-${letter}:1.0.0`, ...more },
  };
  return { name: letter, manifests: [database], listedSecrets: new Set() };
};

test('twins differ in their letter alone', () => {
  expect(differencesOfTwins(build('a'), build('b'))).toEqual([]);
});

test('what only one of them has is named', () => {
  const name = 'Cluster database-x in no namespace';
  expect(differencesOfTwins(build('a'), build('b', { size: 1 }))).toEqual([`${name}: nothing and size: 1`]);
  expect(differencesOfTwins(build('a'), { ...build('b'), manifests: [] })).toEqual([`${name} is only in one of them`]);
});
