/**
 * Makes the package that runs by `npx` in an empty folder: npm run pack -w conformance [folder]
 * It holds the commands that need no repository, the rules, the reports and the contract.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { repositoryRoot } from '../stack/paths.ts';
import { isPacked, type Manifest, packageManifest } from './manifest.ts';

export const PACKED_FOLDERS = ['src', 'rules', 'report', 'model', 'specimen', 'twilio-emulator', 'docs'];
const PROGRAMS = ['bin/duet.package.mjs', 'bin/duet.image.mjs'];
/** The pages and paths too, since the reports point at their lines. */
const CONTRACT_FOLDERS = ['generated', 'rules', 'paths'];

/** Writes the tarball into `folder`, made when it is not there. @returns its path */
export function pack(folder: string): string {
  const staging = mkdtempSync(path.join(os.tmpdir(), 'duet-pack-'));
  try {
    fill(staging);
    mkdirSync(folder, { recursive: true });
    const words = ['pack', '--json', '--pack-destination', path.resolve(folder)];
    const [packed]: { filename: string }[] = JSON.parse(execFileSync('npm', words, { cwd: staging, encoding: 'utf8' }));
    return path.join(folder, packed?.filename ?? '');
  } finally {
    rmSync(staging, { recursive: true });
  }
}

function fill(staging: string): void {
  const [harness, contract] = [path.join(repositoryRoot, 'conformance'), path.join(repositoryRoot, 'contract')];
  const isChosen = (file: string): boolean => isPacked(path.relative(harness, file));
  for (const folder of PACKED_FOLDERS)
    cpSync(path.join(harness, folder), path.join(staging, folder), { recursive: true, filter: isChosen });
  for (const program of PROGRAMS) cpSync(path.join(harness, program), path.join(staging, program));
  cpSync(path.join(repositoryRoot, 'LICENSE'), path.join(staging, 'LICENSE'));
  const vite: { version: string } = createRequire(import.meta.url)('vite/package.json');
  writeJson(path.join(staging, 'package.json'), packageManifest(readJson(harness), vite.version));

  const inside = path.join(staging, 'node_modules/@duet/contract');
  for (const folder of CONTRACT_FOLDERS)
    cpSync(path.join(contract, folder), path.join(inside, folder), { recursive: true });
  const { name, version, license, type, exports } = readJson(contract);
  writeJson(path.join(inside, 'package.json'), { name, version, license, type, exports });
}

function readJson(folder: string): Manifest & { exports?: object } {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
}

function writeJson(file: string, value: object): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

if (import.meta.main) process.stdout.write(`${pack(process.argv[2] ?? path.join(repositoryRoot, 'report'))}\n`);
