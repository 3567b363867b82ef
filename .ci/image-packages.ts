/**
 * Installs what one workspace needs when it runs, in the versions of the lockfile, and writes sbom.cdx.json. Runs while an
 * image is built, in a folder with package.json, package-lock.json, contract/package.json and <workspace>/package.json.
 *
 *   node image-packages.ts <workspace> [--without <package>]…
 *
 * @prisma/client and typeorm name prisma, typescript and mysql2 as optional peers, and the lockfile has them for others:
 * `npm ci --omit=dev` would install all three (230 MB). So development packages leave the manifests before npm looks.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

type Manifest = {
  version: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
};
type Lock = { packages: Record<string, { version?: string; integrity?: string; link?: boolean }> };

const {
  positionals: [workspace = ''],
  values: { without: removed = [] },
} = parseArgs({ allowPositionals: true, options: { without: { type: 'string', multiple: true } } });

const locked = readJson<Lock>('package-lock.json');
reduceManifests();
npm('install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund');
mustBeLocked();
writeBill();

function reduceManifests(): void {
  // Without a version of the root `npm sbom` fails.
  const { version } = readJson<Manifest>(`${workspace}/package.json`);
  writeJson('package.json', { name: 'duet', version, private: true, workspaces: ['contract', workspace] });
  for (const folder of ['contract', workspace]) {
    const { dependencies = {}, ...manifest } = readJson<Manifest>(`${folder}/package.json`);
    delete manifest.devDependencies;
    if (folder === workspace) for (const name of removed) delete dependencies[name];
    writeJson(`${folder}/package.json`, { ...manifest, dependencies });
  }
}

/** `npm install` may take what the lockfile does not say; an image must not. */
function mustBeLocked(): void {
  const keyOf = (path: string, version = '', integrity = ''): string =>
    `${path.split('node_modules/').at(-1)} ${version} ${integrity}`;
  const known = new Set(
    Object.entries(locked.packages).map(([path, { version, integrity }]) => keyOf(path, version, integrity)),
  );
  const installed = Object.entries(readJson<Lock>('node_modules/.package-lock.json').packages);
  const strange = installed.filter(
    ([path, { version, integrity, link }]) =>
      path.includes('node_modules/') && !link && !known.has(keyOf(path, version, integrity)),
  );
  if (strange.length > 0) fail(`not as in package-lock.json: ${strange.map(([path]) => path).join(', ')}`);
}

/** npm's bill of materials, with the runtime that npm does not know of; Debian's packages are in /var/lib/dpkg/status.d. */
function writeBill(): void {
  const bill = JSON.parse(npm('sbom', '--sbom-format=cyclonedx', '--omit=dev', `--workspace=${workspace}`)) as {
    components: object[];
  };
  const version = process.versions.node;
  const purl = `pkg:generic/node@${version}`;
  bill.components.push({ 'bom-ref': purl, type: 'platform', name: 'node', version, purl });
  writeJson('sbom.cdx.json', bill);
}

function npm(...words: string[]): string {
  return execFileSync('npm', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1e8 });
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

function writeJson(file: string, value: object): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

function fail(cause: string): never {
  process.stderr.write(`image-packages: ${cause}\n`);
  process.exit(1);
}
