import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findK6, K6_VERSION } from './find-k6.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(os.tmpdir(), 'duet-k6-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, script: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

function find(environment: NodeJS.ProcessEnv = {}) {
  const said: string[] = [];
  const surroundings = { environment, cache: path.join(folder, 'cache'), log: (line: string) => void said.push(line) };
  return findK6(surroundings).then((found) => ({ found, said }));
}

const says = (version: string): string => `echo 'k6 ${version} (go1.26.8, linux/amd64)'`;

test('the one that K6_BIN names is taken', async () => {
  const file = program('mine', says('v2.3.1'));
  expect((await find({ K6_BIN: file, PATH: folder })).found).toEqual({ path: file, version: 'v2.3.1' });
});

test('a K6_BIN that is none is told, and nothing else is taken', async () => {
  program('k6', says('v2.2.0'));
  const file = program('mine', 'echo "not a program of that kind"; exit 3');
  expect((await find({ K6_BIN: file, PATH: folder })).found).toEqual({
    missing: `K6_BIN=${file}: it is no k6 (not a program of that kind)`,
  });
});

test('the one on PATH is taken', async () => {
  const file = program('k6', says('v2.2.0'));
  expect((await find({ PATH: folder })).found).toEqual({ path: file, version: 'v2.2.0' });
});

test('one too old to run TypeScript is passed over for the built one', async () => {
  program('k6', says('v1.4.0'));
  const built = program(path.join('cache', K6_VERSION, 'k6'), says(K6_VERSION));
  expect((await find({ PATH: folder })).found).toEqual({ path: built, version: K6_VERSION });
});

test('without k6 and Go the ways to get it are told', async () => {
  expect((await find({ PATH: folder })).found).toEqual({
    missing:
      'k6 is not here and neither is Go: install k6 v2.2.0 or newer (https://grafana.com/docs/k6), set K6_BIN to its path, or install Go 1.25 or newer, by which it is built once',
  });
});

test('Go builds it once, into the cache', async () => {
  program(
    'go',
    `[ "$1" = build ] && grep -q 'require go.k6.io/k6/v2 v2.2.0' go.mod
printf '#!/bin/sh\\necho "k6 v2.2.0 (go)"\\n' > k6 && chmod +x k6`,
  );
  const PATH = `${folder}:/usr/bin:/bin`;
  const built = path.join(folder, 'cache', 'v2.2.0', 'k6');
  const first = await find({ PATH });
  expect(first.found).toEqual({ path: built, version: 'v2.2.0' });
  expect(first.said).toEqual(['building k6 v2.2.0 by Go, once for this machine: a few minutes']);
  expect(await find({ PATH })).toEqual({ found: first.found, said: [] });
});

test('what Go says when it cannot build is handed on', async () => {
  program('go', 'echo "go: no network" >&2; exit 1');
  const { found } = await find({ PATH: `${folder}:/usr/bin:/bin` });
  expect(found).toEqual({ missing: expect.stringMatching(/^Go cannot build k6: go: no network; install k6 v2\.2\.0/) });
});
