import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installationOf } from './dependencies.ts';
import { installationIn } from './installation.ts';
import { edgesOf, type Lock } from './lock.ts';

const lock: Lock = {
  packages: {
    '': { devDependencies: { compiler: '1' } },
    product: {
      dependencies: { contract: '1', driver: '1', mapper: '1' },
      devDependencies: { command: '1', tester: '1' },
    },
    other: { dependencies: { mysql: '1' } },
    contract: {},
    'node_modules/contract': { resolved: 'contract', link: true },
    'node_modules/driver': { optionalDependencies: { 'native-here': '1', 'native-there': '1' } },
    'node_modules/native-here': {},
    'node_modules/native-there': {},
    'node_modules/mapper': {
      peerDependencies: { driver: '1', command: '1', compiler: '1', mysql: '1' },
      peerDependenciesMeta: { command: { optional: true }, compiler: { optional: true }, mysql: { optional: true } },
    },
    'node_modules/command': { dependencies: { text: '1' } },
    'node_modules/command/node_modules/text': {},
    'node_modules/compiler': {},
    'node_modules/mysql': {},
    'node_modules/tester': {},
  },
};

let root = '';

beforeAll(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'duet-installation-'));
  write('driver/index.js', 100);
  write('driver/lib/deep/part.js', 20);
  write('native-here/index.node', 3000);
  write('mapper/index.js', 400);
  write('command/index.js', 5000);
  write('command/node_modules/text/index.js', 60_000);
  write('compiler/index.js', 700_000);
  write('mysql/index.js', 1);
  write('tester/index.js', 1);
});

afterAll(() => rmSync(root, { recursive: true }));

function write(file: string, bytes: number): void {
  const place = path.join(root, 'node_modules', file);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, 'x'.repeat(bytes));
}

test('an installation is what ships, and optional peers that are there', () => {
  const product = { folder: 'product', edges: edgesOf(lock.packages['product'] ?? {}) };
  expect(installationIn({ root, lock, beside: ['', 'contract'] }, product)).toEqual({
    dependencies: { direct: ['driver', 'mapper'], transitive: 4, optionalPeers: 3 },
    installBytes: 768_520,
    optionalPeerBytes: 765_000,
  });
});

test('without anything to develop with no optional peer comes', () => {
  const product = { folder: 'product', edges: [{ name: 'mapper', kind: 'needed' as const }] };
  expect(installationIn({ root, lock, beside: [] }, product)).toEqual({
    dependencies: { direct: ['mapper'], transitive: 2, optionalPeers: 0 },
    installBytes: 3520,
    optionalPeerBytes: 0,
  });
});

test('a package that is not on the disk is told', () => {
  const missing = { folder: 'product', edges: [{ name: 'native-there', kind: 'needed' as const }] };
  expect(() => installationIn({ root, lock, beside: [] }, missing)).toThrow('ENOENT');
});

test('backend-a is Express and TypeORM, without a peer too many', () => {
  const { dependencies, optionalPeerBytes } = installationOf('backend-a');
  expect(dependencies.direct).toEqual(expect.arrayContaining(['express', 'typeorm', 'pg']));
  expect(dependencies.direct).not.toContain('@duet/contract');
  expect(dependencies.direct).not.toContain('vitest');
  expect(dependencies.transitive).toBeGreaterThan(100);
  expect(optionalPeerBytes).toBe(0);
});

test('backend-b is Fastify and Prisma, whose command line comes too', () => {
  const { dependencies, installBytes, optionalPeerBytes } = installationOf('backend-b');
  expect(dependencies.direct).toEqual(expect.arrayContaining(['fastify', '@prisma/client', 'pg']));
  expect(dependencies.direct).not.toContain('prisma');
  expect(dependencies.optionalPeers).toBeGreaterThan(0);
  expect(installBytes).toBeGreaterThan(optionalPeerBytes);
});

test('the floor has no framework and no ORM', () => {
  const { dependencies, optionalPeerBytes } = installationOf('floor');
  expect(dependencies.direct).toEqual(['@node-rs/argon2', 'ajv', 'fast-json-stringify', 'pg']);
  expect(dependencies.transitive).toBeLessThan(50);
  expect(optionalPeerBytes).toBe(0);
});
