import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importedFrom } from './imported-files.ts';
import { filesOf, filesOfBackend, importedByFloor } from './products.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'duet-products-'));
  write('src/main.ts', "import { one } from './parts/one.ts';\nimport pg from 'pg';\nawait import('./late.ts');\n");
  write('src/parts/one.ts', "export { two } from '../two.ts';\nimport type { C } from '@duet/contract/types';\n");
  write(
    'src/two.ts',
    "import { Ajv } from 'ajv/dist/2020.js';\nimport fs from 'node:fs';\nimport '@scope/name/deep';\n",
  );
  write('src/late.ts', "import './main.ts';\n");
  write('src/alone.ts', '');
  write('src/two.test.ts', '');
  write('src/two.sample.ts', '');
  write('src/db/generated/client.ts', '');
  write('src/readme.md', '');
  write('test/drift.ts', '');
  write('prisma/schema/two.prisma', '');
  write('prisma/migrations/1_first/migration.sql', '');
  write('tool.config.ts', '');
});

afterAll(() => rmSync(folder, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

test('imports are followed, each file once, to the packages', () => {
  expect(importedFrom(folder, ['src/main.ts'])).toEqual({
    files: ['src/late.ts', 'src/main.ts', 'src/parts/one.ts', 'src/two.ts'],
    packages: ['@scope/name', 'ajv', 'pg'],
  });
});

test('a backend is what was written, its tests apart', () => {
  expect(filesOfBackend(folder)).toEqual({
    folder,
    sources: [
      'prisma/migrations/1_first/migration.sql',
      'prisma/schema/two.prisma',
      'src/alone.ts',
      'src/late.ts',
      'src/main.ts',
      'src/parts/one.ts',
      'src/two.ts',
    ],
    tests: ['src/two.sample.ts', 'src/two.test.ts', 'test/drift.ts'],
  });
});

test('the floor is what its two programs import', () => {
  const { sources, tests } = filesOf('floor');
  expect(sources).toEqual(expect.arrayContaining(['main.ts', 'migrate.ts', 'schema.sql', 'operations/booking.ts']));
  expect(sources).not.toContain('start-floor.ts');
  expect(sources).not.toContain('measured-rules.ts');
  expect(tests).toEqual(['cursors.test.ts', 'instants.test.ts']);
});

test('the floor needs PostgreSQL, a hash and a validator', () => {
  expect(importedByFloor().packages).toEqual(['@node-rs/argon2', 'ajv', 'fast-json-stringify', 'pg']);
});
