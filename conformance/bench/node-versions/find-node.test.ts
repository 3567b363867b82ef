import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findOlderNode, OLDER_VERSION } from './find-node.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(os.tmpdir(), 'duet-node-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, version: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho '${version}'\n`);
  chmodSync(file, 0o755);
  return file;
}

function find(environment: NodeJS.ProcessEnv) {
  return findOlderNode({ environment, cache: path.join(folder, 'cache'), log: () => undefined });
}

test('the one that NODE20_BIN names is taken', async () => {
  const file = program('mine', 'v20.19.0');
  expect(await find({ NODE20_BIN: file })).toEqual({ path: file, version: 'v20.19.0' });
});

test('another Node than 20 is refused, with the way out', async () => {
  const file = program('mine', 'v22.1.0');
  expect(await find({ NODE20_BIN: file })).toEqual({
    missing: `NODE20_BIN=${file} is v22.1.0, not Node 20: set NODE20_BIN to a Node 20, or let npm reach its registry, by which it is installed once`,
  });
});

test('one that was installed before is found again', async () => {
  const installed = path.join('cache', OLDER_VERSION, 'node_modules', `node-linux-${process.arch}`, 'bin/node');
  const file = program(installed, `v${OLDER_VERSION}`);
  expect(await find({})).toEqual({ path: file, version: `v${OLDER_VERSION}` });
});
