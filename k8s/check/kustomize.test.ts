import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildOverlay, findKustomize, NoKustomize } from './kustomize.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'kustomize-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program that says what it is told to. */
function program(name: string, says: string, code = 0): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho '${says}'\necho 'Error: no such overlay' >&2\nexit ${code}\n`);
  chmodSync(file, 0o755);
  return file;
}

const log = (): void => undefined;

test('the one that is named is taken', async () => {
  const file = program('mine', 'v5.7.1');
  expect(await findKustomize({ KUSTOMIZE_BIN: file, PATH: folder }, log)).toEqual({ path: file, version: 'v5.7.1' });
});

test('an older one that is named is refused with the ways out', async () => {
  const file = program('old', '{Version:kustomize/v4.5.7 GitCommit:56d82a8}');
  const found = findKustomize({ KUSTOMIZE_BIN: file, PATH: folder }, log);
  await expect(found).rejects.toThrow(NoKustomize);
  await expect(found).rejects.toThrow(/is no kustomize 5: install kustomize 5 .* set KUSTOMIZE_BIN .* install Go/);
});

test('the one on PATH is taken, and an older one is passed over for the cache', async () => {
  const cached = program('cache/duet/kustomize/v5.8.1/kustomize', '(devel)');
  const environment = { PATH: folder, XDG_CACHE_HOME: path.join(folder, 'cache') };
  program('kustomize', 'v4.5.7');
  expect(await findKustomize(environment, log)).toEqual({ path: cached, version: 'v5.8.1' });
  const file = program('kustomize', 'v5.9.0');
  expect(await findKustomize(environment, log)).toEqual({ path: file, version: 'v5.9.0' });
});

test('an overlay that cannot be built is told with the words of kustomize', async () => {
  const kustomize = { path: program('failing', '', 1), version: 'v5.8.1' };
  await expect(buildOverlay(kustomize, 'overlays/x')).rejects.toThrow(/^overlays\/x cannot be built: no such overlay$/);
});
