import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildOverlay, type Kustomize } from './kustomize.ts';
import { parseManifests, type Build } from './manifest.ts';

const FOLDER = path.join(import.meta.dirname, '..');

/** Each folder that can be applied by itself: the overlays, and the load. */
export function overlays(): string[] {
  const environments = readdirSync(path.join(FOLDER, 'overlays')).map((name) => `overlays/${name}`);
  return [...environments, 'load'].filter((name) => existsSync(path.join(FOLDER, name, 'kustomization.yaml')));
}

/** The first column of README.md's table of Secrets, between its marks. */
export function listedSecrets(): Set<string> {
  const text = readFileSync(path.join(FOLDER, 'README.md'), 'utf8');
  const table = /<!-- secrets -->(.*?)<!-- \/secrets -->/s.exec(text)?.[1] ?? '';
  return new Set([...table.matchAll(/^ *\| `([a-z0-9-]+)`/gm)].map(([, name = '']) => name));
}

export async function build(kustomize: Kustomize, name: string, root = FOLDER): Promise<Build> {
  const manifests = parseManifests(await buildOverlay(kustomize, path.join(root, name)));
  return { name, manifests, listedSecrets: listedSecrets() };
}

const PRODUCTION = 'overlays/production';
const BACKEND = /^( +- \.\.\/\.\.\/components\/backend-)([ab])$/m;

/** Production after an edit that README.md tells people to make. */
export type Variant = { name: string; edit: (kustomization: string) => string };

/** The other backend: one line is another. */
export const otherBackend: Variant = {
  name: 'other backend',
  edit: (text) => text.replace(BACKEND, (_line, head: string, letter: string) => head + (letter === 'a' ? 'b' : 'a')),
};

export const twilio: Variant = {
  name: 'twilio',
  edit: (text) => text.replace('components/turn', 'components/twilio').replace(/^ +- .*base\/turn\n/m, ''),
};

export type VariantBuild = { build: Build; before: string[]; after: string[] };

/**
 * Builds a variant from a copy.
 * @returns what is built, and the lines that are only in one of the two files
 */
export async function buildVariant(kustomize: Kustomize, { name, edit }: Variant): Promise<VariantBuild> {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'duet-k8s-'));
  try {
    for (const part of ['base', 'components', 'overlays']) {
      cpSync(path.join(FOLDER, part), path.join(copy, part), { recursive: true });
    }
    const file = path.join(copy, PRODUCTION, 'kustomization.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, edit(text));
    const edited = await build(kustomize, PRODUCTION, copy);
    const [before, after] = [text.split('\n'), edit(text).split('\n')];
    return {
      build: { ...edited, name },
      before: before.filter((line) => !after.includes(line)),
      after: after.filter((line) => !before.includes(line)),
    };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
