import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isPacked, packageManifest, type Manifest } from './manifest.ts';
import { PACKED_FOLDERS } from './pack.ts';

const root = path.resolve(import.meta.dirname, '../..');
const manifest: Manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const packed = packageManifest(manifest, '8.0.0') as {
  dependencies: Record<string, string>;
  bin: Record<string, string>;
};

test('the package brings the contract along and pins the rest', () => {
  expect(packed).toMatchObject({
    name: '@duet/conformance',
    bin: { duet: './bin/duet.package.mjs' },
    bundleDependencies: ['@duet/contract'],
    dependencies: { vite: '8.0.0', commander: manifest.dependencies['commander'] },
  });
  expect(Object.values(packed.dependencies).filter((version) => !/^\d/.test(version))).toEqual([]);
});

test.each([
  ['rules/http/pages.test.ts', true],
  ['src/target.ts', true],
  ['report/html/page.css', true],
  ['report/stream.test.ts', false],
  ['report/fixtures/run.ts', false],
  ['twilio-emulator/testing/description.ts', false],
])('of the folders %s goes along: %s', (file, isIn) => {
  expect(isPacked(file)).toBe(isIn);
});

/** The files that a module imports without more ado, itself among them; packages by their names. */
function reached(file: string, found: Set<string>): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const text = readFileSync(file, 'utf8');
  for (const [, kind = '', name = ''] of text.matchAll(/^(?:import|export)\b( type)?(?:[^'"]*? from)? '([^']+)'/gmu)) {
    if (kind !== '' || name.startsWith('node:')) continue;
    if (name.startsWith('.')) reached(path.resolve(path.dirname(file), name), found);
    else
      found.add(
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      );
  }
  return found;
}

test('all that its commands and rules import is in it', () => {
  const entries = ['bin/duet.image.mjs', 'src/runner/witness.ts', ...globSync('rules/**/*.test.ts', { cwd: root })];
  const all = entries.reduce((found, entry) => reached(path.join(root, entry), found), new Set<string>());
  const files = [...all].filter((name) => path.isAbsolute(name)).map((file) => path.relative(root, file));
  const inPackage = (file: string): boolean =>
    PACKED_FOLDERS.some((folder) => file.startsWith(`${folder}/`)) && isPacked(file);
  expect(files.filter((file) => !file.startsWith('bin/') && !inPackage(file))).toEqual([]);
  const packages = [...all].filter((name) => !path.isAbsolute(name));
  expect(packages.filter((name) => !(name in packed.dependencies))).toEqual([]);
});
