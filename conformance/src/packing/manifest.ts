export type Manifest = {
  name: string;
  version: string;
  license: string;
  type: string;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

/** What the packed commands and the rules import; the others start databases, browsers or measurements. */
const NEEDED = [
  '@duet/contract',
  'ajv',
  'ajv-formats',
  'cli-table3',
  'commander',
  'fast-check',
  'ical.js',
  'pg',
  'undici',
  'vitest',
  'ws',
];

/**
 * The manifest of the package, made from the workspace's: the contract goes inside, since no registry has it.
 * @param vite the version that the suite runs with here, which npm would else choose anew
 */
export function packageManifest(manifest: Manifest, vite: string): object {
  const { name, version, license, type, dependencies, devDependencies } = manifest;
  const versions = { ...devDependencies, ...dependencies };
  const kept = NEEDED.map((needed) => [needed, versions[needed]]);
  return {
    name,
    version,
    description: 'Judges whether a server keeps the Duet contract',
    license,
    type,
    bin: { duet: './bin/duet.package.mjs' },
    engines: { node: '>=24.11' },
    dependencies: { ...Object.fromEntries(kept), vite },
    bundleDependencies: ['@duet/contract'],
  };
}

/** Whether a file of the folders that are packed goes along: the harness's own tests stay at home, the rules' do not. */
export function isPacked(file: string): boolean {
  const place = file.replaceAll('\\', '/');
  if (/(^|\/)(node_modules|fixtures|testing)(\/|$)/.test(place)) return false;
  return !place.endsWith('.test.ts') || place.startsWith('rules/');
}
