import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findOrInstall } from './install.ts';

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(path.join(os.tmpdir(), 'duet-install-'));
  vi.stubEnv('XDG_CACHE_HOME', cache);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true, force: true });
});

async function install(script: string): Promise<{ found: object; said: string[] }> {
  const said: string[] = [];
  const found = await findOrInstall({
    name: 'tool',
    version: '1.2.3',
    program: 'bin/tool',
    commands: () => [['sh', '-c', script]],
    needs: 'a shell',
    log: (line) => void said.push(line),
  });
  return { found, said };
}

const makes = 'mkdir bin && echo > bin/tool';
const folder = (): string => path.join(cache, 'duet/tool/1.2.3');

test('a tool is installed once', async () => {
  const program = path.join(folder(), 'bin/tool');
  expect(await install(makes)).toEqual({
    found: { program },
    said: [`installing tool 1.2.3 into ${folder()}, once`],
  });
  expect(existsSync(program)).toBe(true);
  expect(await install('exit 1')).toEqual({ found: { program }, said: [] });
});

test('what cannot be installed says what it needs', async () => {
  const { found } = await install('echo first; echo no network >&2; exit 1');
  expect(found).toEqual({ missing: 'tool 1.2.3 cannot be installed by sh: no network; it needs a shell' });
});

test('a folder in which an installation ended midway is made anew', async () => {
  mkdirSync(folder(), { recursive: true });
  writeFileSync(path.join(folder(), 'half'), '');
  await install(makes);
  expect(existsSync(path.join(folder(), 'half'))).toBe(false);
});
